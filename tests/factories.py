"""Makes what tests need; editions reach their states by the real acts."""

from datetime import date
from itertools import count

from governance import appointing
from governance.deciding import found_body, record_decision
from governance.models import Body, User
from guidelines import cataloguing, drafting, publishing
from guidelines.keys import new_key
from guidelines.models import Category
from guidelines.tree import Node

_turn = count(1)


def person(name=None, **rights):
    """A person of the staff."""
    return User.objects.create_user(name or f"person-{next(_turn)}", password="secret", **rights)


def body(**facts):
    """The council that decides."""
    found = Body.objects.filter(slug=facts.get("slug", "cio-council")).first()
    return found or found_body(
        by=None, **{"slug": "cio-council", "name": "CIO連絡会議", "name_en": "CIO Council"} | facts
    )


def decision(day="2018-03-30", **facts):
    """A decision of the council on a day."""
    return record_decision(
        by=None,
        **{
            "body": body(),
            "decided_on": date.fromisoformat(day),
            "title": f"決定 {next(_turn)}",
        }
        | facts,
    )


def role(slug="pmo", name="府省内全体管理組織", **facts):
    """A role of the ministries, known by one name."""
    name_facts = (
        {
            "name_en": "Portfolio Management Office",
            "abbreviation": "PMO",
        }
        if slug == "pmo"
        else {}
    )
    return appointing.define_role(
        by=None,
        **{"slug": slug, "scope": "ministry", "names": [{"name": name} | name_facts]} | facts,
    )


def office():
    """A role, PMO, and a ministry, mic, of which a post holds it."""
    held = role()
    names = [{"name": "総務省", "name_en": "Ministry of Internal Affairs and Communications"}]
    ministry = appointing.establish_ministry(slug="mic", names=names, by=None)
    return appointing.appoint(
        role=held, ministry=ministry, post="企画官", began_on=date(2018, 4, 1), by=None
    )


def category():
    """The general shelf."""
    found = Category.objects.filter(slug="general").first()
    return found or cataloguing.add_category(
        slug="general", name="全般", name_en="General", by=None
    )


def guideline(code=None, **facts):
    """A document of the catalogue."""
    return cataloguing.register_guideline(
        by=None,
        **{
            "code": code or f"DS-9{next(_turn):03}",
            "category": category(),
            "kind": "guideline",
            "position": "normative",
            "title": "試験用ガイドライン",
            "title_en": "Guideline for Tests",
        }
        | facts,
    )


def node(heading="", body="", *children, key=""):
    """A section of a tree from its printed heading: `node("第1編 総論", "本文", node(…))`."""
    from guidelines.numbering import parse_heading

    number, title = parse_heading(heading)
    return Node(
        number=number, title=title, body=body, key=key or new_key(), children=list(children)
    )


def text():
    """A small text of the guideline's own form: two parts, chapters, clauses and an annex."""
    return node(
        "",
        "前文である。",
        node(
            "第1編 総論",
            "",
            node("第1章 目的", "目的は第2編第2章1.に定める。"),
            node("第2章 適用", "別紙2を参照する。"),
        ),
        node(
            "第2編 ITガバナンス",
            "",
            node("第1章 全体像", "全体像を示す。"),
            node(
                "第2章 組織体制",
                "第1章に示す全体像による。",
                node("1. 政府全体管理", "内閣官房は、全体を管理するものとする。"),
                node(
                    "2. 府省における管理",
                    "",
                    node("1) 全体像", "府省は、自らの管理を行わなければならない。"),
                ),
            ),
        ),
        node("別紙2 経費区分", "経費を区分する。"),
    )


def wide_text(sections):
    """A text of about so many sections: parts of ten chapters of ten clauses."""
    root = node("", "")
    for number in range(sections):
        part, rest = divmod(number, 110)
        chapter, clause = divmod(rest, 11)
        if rest == 0:
            root.children.append(node(f"第{part + 1}編 編{part}", "編の本文である。"))
        if clause == 0:
            root.children[-1].children.append(node(f"第{chapter + 1}章 章{chapter}", "章の本文。"))
        else:
            root.children[-1].children[-1].children.append(
                node(f"{clause}. 節{clause}", "節の本文である。第1編第1章を参照する。" * 3)
            )
    return root


def draft(of=None, *, tree=None, by=None, **how):
    """A draft with a text, of a guideline or of one made for it."""
    by = by or person()
    opened = drafting.open_draft(of or guideline(), by=by, **how)
    return drafting.replace_text(opened, tree or text(), by=by) if tree is not False else opened


def submitted(of=None, *, by=None, **how):
    """An edition waiting for the council's decision."""
    by = by or person()
    return publishing.submit(draft(of, by=by, **how), by=by)


def published(of=None, *, day="2018-03-30", effective=None, adopted_by=None, by=None, **how):
    """An edition decided on a day and in force from then, or from `effective`."""
    by = by or person()
    edition = submitted(of, by=by, **how)
    adopted_by = adopted_by or decision(day)
    effective_on = date.fromisoformat(effective) if effective else adopted_by.decided_on
    return publishing.publish({edition: effective_on}, decision=adopted_by, by=by)[0]


def section(edition, address):
    """The section of a published edition at an address."""
    return edition.sections.get(address=address)
