"""The admin's import: nothing is written before it is confirmed, and only what was looked at."""

import os
import re
import time

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guidelines import drafting
from guidelines.importing import holding
from guidelines.importing.markdown import read
from guidelines.importing.writing import write
from guidelines.models import Attachment, Edition, Guideline, Section
from tests import factories
from tests.words import saved, with_cover

HEADER = """\
+++
code = "DS-910"
language = "ja"
title = "試験"
issuer = "CIO連絡会議"
decided_on = 2018-03-30
+++
"""
LATER = HEADER.replace("2018-03-30", "2019-03-30")
TEXT = "# 第1章 総論\n\n総論の本文である。\n\n# 第2章 各論\n\n各論の本文である。\n"
RETITLED = "# 第1章 新しい総論\n\n全く別の文章。\n\n# 第2章 各論\n\n各論の本文である。\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Where nobody has left anything."""
    settings.VAR_DIR = tmp_path


def signed_in(*rights):
    """A client of someone of the staff with these rights."""
    person = factories.person(is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def editor(db):
    return signed_in("add_edition", "view_edition", "change_section")


def address():
    return reverse("admin:guidelines_edition_import")


def upload(client, content, name="a.md", **said):
    """Send a file and look at the preview."""
    content = content.encode() if isinstance(content, str) else content
    file = {"file": SimpleUploadedFile(name, content)}
    return client.post(address(), {"read": "1", **file, **said})


def carried(response):
    """What the preview's form carries along."""
    preview = response.context["preview"]
    return {"kept": response.context["held"].token, "state": preview.state}


def go_on(client, response, button, **fields):
    """Press a button of the preview."""
    return client.post(address(), {**carried(response), button: "1", **fields})


def said(response):
    return response.content.decode()


def published(text=TEXT, header=HEADER):
    return write(read((header + text).encode(), name="a.md"), by=factories.person(), publish=True)


def drafted(text=TEXT, header=HEADER):
    write(read((header + text).encode(), name="a.md"), by=factories.person())
    return Edition.objects.open().get()


def held_files(client):
    return sorted((settings.VAR_DIR / "uploads" / str(client.person.pk)).glob("*"))


def test_a_preview_shows_the_file_and_writes_nothing(editor):
    response = upload(editor, saved(with_cover("第1章 総論")), name="b.docx", code="DS-911")

    assert response.status_code == 200
    assert response.context["preview"].report.code == "DS-911"
    assert "第1章 総論" in re.sub(r"\s+", " ", said(response))
    assert (Edition.objects.count(), Guideline.objects.count(), Attachment.objects.count()) == (
        *(0, 0, 0),
    )


def test_confirming_makes_the_draft_and_leads_to_its_tree(editor):
    preview = upload(editor, HEADER + TEXT)

    response = go_on(editor, preview, "confirmed")

    draft = Edition.objects.get()
    assert response.url.endswith(f"edition__id__exact={draft.pk}")
    assert draft.status == Edition.Status.DRAFT
    assert draft.steps.first().taken_by == editor.person
    assert [section.title for section in draft.sections.in_order()] == ["", "総論", "各論"]
    assert held_files(editor) == []


def test_what_the_cover_lacks_is_asked_for_and_the_file_need_not_be_sent_again(editor):
    response = upload(editor, "# 第1章 総論\n\n本文。\n", name="x.md")

    assert response.status_code == 422
    assert "文書番号が読み取れません" in said(response)
    kept = response.context["held"].token
    again = {"kept": kept, "code": "DS-912", "title": "題", "decided_on": "2020-04-01"}
    response = editor.post(address(), {"read": "1", **again})
    report = response.context["preview"].report
    assert (report.code, report.title, report.decided_on) == ("DS-912", "題", "2020-04-01")
    go_on(editor, response, "confirmed")
    assert Edition.objects.get().title == "題"
    assert Guideline.objects.get().code == "DS-912"


def test_a_match_is_corrected_before_confirming_and_kept(editor):
    first = published()
    preview = upload(editor, LATER + RETITLED)
    rows = preview.context["preview"].rows
    assert [(row.how, row.choice) for row in rows] == [("新しい節", ""), ("同じ番号と見出し", None)]

    choice = {"match-0": first.sections[0]["key"]}
    corrected = go_on(editor, preview, "again", **choice)
    row = corrected.context["preview"].rows[0]
    go_on(editor, corrected, "confirmed", **choice)

    assert (row.how, row.was["title"], row.choice) == ("人の指定", "総論", choice["match-0"])
    draft = Edition.objects.open().get()
    assert draft.sections.get(title="新しい総論").key == first.sections[0]["key"]


def test_any_match_can_be_corrected_and_made_a_new_section(editor):
    first = published()
    preview = upload(editor, LATER + TEXT)
    assert preview.context["preview"].doubtful == []

    asked = editor.post(address(), {**carried(preview), "correct": "1"})
    assert [row.title for row in asked.context["preview"].doubtful] == ["各論"]
    go_on(editor, asked, "confirmed", **{"match-1": "new"})

    draft = Edition.objects.open().get()
    assert draft.sections.get(title="総論").key == first.sections[0]["key"]
    assert draft.sections.get(title="各論").key != first.sections[1]["key"]


def test_one_predecessor_for_two_sections_is_refused_by_their_names(editor):
    key = published().sections[0]["key"]
    preview = upload(editor, LATER + RETITLED)

    response = go_on(editor, preview, "confirmed", **{"match-0": key, "match-1": key})

    assert response.status_code == 422
    assert "「新しい総論」と「各論」が同じ節に対応しています" in said(response)
    assert [row.choice for row in response.context["preview"].rows] == [key, key]
    assert Edition.objects.open().count() == 0


def test_a_predecessor_that_is_none_is_refused(editor):
    published()
    preview = upload(editor, LATER + RETITLED)

    response = go_on(editor, preview, "confirmed", **{"match-0": "bcdfghj9"})

    assert response.status_code == 422
    assert "前の版にも案にもありません" in said(response)
    assert Edition.objects.open().count() == 0


def test_overwriting_a_draft_shows_what_and_asks(editor):
    draft = drafted()
    section = draft.sections.get(title="総論")
    drafting.edit_section(section, body="直した本文である。", by=factories.person())

    preview = upload(editor, HEADER + TEXT)
    refused = go_on(editor, preview, "confirmed")

    shown = preview.context["preview"].overwritten
    assert [(one["change"], one["title"], one["by_hand"]) for one in shown] == [
        ("変更", "総論", True)
    ]
    assert "人が直したものは1件です" in said(preview)
    assert refused.status_code == 422
    assert "上書きしてよいか答えてください" in said(refused)
    section.refresh_from_db()
    assert section.body == "直した本文である。"
    go_on(editor, refused, "confirmed", overwrite="on")
    section = Edition.objects.get().sections.get(title="総論")
    assert section.body == "総論の本文である。"


def test_the_sections_of_a_draft_can_be_chosen_too(editor):
    draft = drafted()
    added = drafting.add_section(
        draft.sections.get(parent=None), title="附則", number="第3章", by=factories.person()
    )
    preview = upload(editor, HEADER + TEXT + "\n# 第9章 経過\n\n経過の本文。\n")

    go_on(editor, preview, "confirmed", overwrite="on", **{"match-2": added.key})

    assert Edition.objects.get().sections.get(title="経過").key == added.key


def test_a_draft_edited_while_the_preview_is_read_is_not_overwritten_unseen(editor):
    draft = drafted()
    section = draft.sections.get(title="総論")
    drafting.edit_section(section, body="一度直した。", by=factories.person())
    preview = upload(editor, HEADER + TEXT)
    section.refresh_from_db()
    drafting.edit_section(section, body="二度直した。", by=factories.person())

    response = go_on(editor, preview, "confirmed", overwrite="on")

    assert response.status_code == 422
    assert "起案中の版が変わりました" in said(response)
    section.refresh_from_db()
    assert section.body == "二度直した。"
    go_on(editor, response, "confirmed", overwrite="on")
    assert Edition.objects.get().sections.get(title="総論").body == "総論の本文である。"


def test_of_two_editors_with_the_same_file_the_second_is_asked_again(editor):
    other = signed_in("add_edition", "change_section")
    one, two = upload(editor, HEADER + TEXT), upload(other, HEADER + RETITLED)

    go_on(editor, one, "confirmed")
    response = go_on(other, two, "confirmed")

    assert response.status_code == 422
    assert "起案中の版が変わりました" in said(response)
    assert Edition.objects.get().sections.filter(title="総論").exists()


def test_a_held_file_is_nobody_elses(editor):
    preview = upload(editor, HEADER + TEXT)

    response = go_on(signed_in("add_edition"), preview, "confirmed")

    assert response.status_code == 422
    assert "預かったファイルがもうありません" in said(response)
    assert Edition.objects.count() == 0


def test_losses_below_the_limit_ask_whether_they_were_read(editor):
    file = "# DS-911 試験\n\n## 1. 総論\n\n本文である。\n\n[^9]: 誰も参照しない脚注である。\n"
    preview = upload(editor, file, name="a.md", code="DS-911", title="試験")
    shown = preview.context["preview"]
    assert shown.report.text_kept < 99.5
    assert [(loss["text"], loss["how"]) for loss in shown.lost] == [
        ("誰も参照しない脚注である。", "本文から参照されていないため")
    ]

    refused = go_on(editor, preview, "confirmed")

    assert refused.status_code == 422
    assert "読んで確かめたかどうか答えてください" in said(refused)
    assert Guideline.objects.count() == 0
    go_on(editor, refused, "confirmed", read_losses="on")
    assert Edition.objects.get().status == Edition.Status.DRAFT


def test_the_same_text_again_changes_nothing_and_has_nothing_to_confirm(editor):
    published()
    preview = upload(editor, HEADER + TEXT)

    response = go_on(editor, preview, "confirmed")

    assert "同じ版が公開済みのため、何も変えていません" in said(preview)
    assert 'name="confirmed"' not in said(preview)
    assert response.status_code == 422
    assert Edition.objects.count() == 1


BAD = {
    "not a ZIP": ("a.docx", "文章".encode(), "ZIP形式のファイルとして開けません"),
    "another format": ("a.pdf", b"%PDF", "この形式は取り込めません"),
    "a path as name": ("../../etc/passwd", b"root", "passwd: この形式は取り込めません"),
    "a ZIP of nothing": ("a.zip", b"PK\x05\x06" + bytes(18), "a.zip"),
    "empty": ("a.md", b"", "空"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_a_sentence(editor, case):
    name, content, sentence = BAD[case]

    response = upload(editor, content, name=name)

    assert response.status_code == 422
    assert sentence in said(response)
    assert Guideline.objects.count() == 0


def test_a_text_that_no_draft_can_hold_is_refused_before_it_is_confirmed(editor):
    response = upload(editor, f"{HEADER}# 第1章 総論\n\n{'> ' * 21}x\n")

    assert response.status_code == 422
    sentence = "a.md: 「第1章 総論」の本文の1行目の入れ子が深すぎます。箇条書きと引用の入れ子は20段"
    assert sentence in said(response)
    assert Guideline.objects.count() == 0


def test_no_file_at_all_is_asked_for(editor):
    response = editor.post(address(), {"read": "1"})

    assert response.status_code == 422
    assert "ファイルを選んでください" in said(response)


def test_a_file_beyond_the_limit_is_refused_unread(editor, settings):
    settings.IMPORT_MAX_BYTES = 1_000_000

    response = upload(editor, bytes(1_500_000))

    assert response.status_code == 413
    assert "ファイルが大きすぎます（1.5 MB）。1.0 MBまで取り込めます。" in said(response)
    assert held_files(editor) == []


@pytest.mark.parametrize("kept", ["", "../../x", "abc:def:ghi"])
def test_a_token_that_is_not_ours_finds_nothing(editor, kept):
    response = editor.post(address(), {"confirmed": "1", "kept": kept})

    assert response.status_code == 422
    assert "預かったファイルがもうありません" in said(response)


def test_what_is_held_goes_after_a_day_and_when_there_is_too_much(editor):
    upload(editor, HEADER + TEXT)
    (first,) = held_files(editor)
    old = time.time() - holding.MAX_AGE - 60
    os.utime(first, (old, old))

    for number in range(holding.MAX_HELD + 2):
        upload(editor, f"{HEADER}{TEXT}{number}")

    assert not first.exists()
    assert len(held_files(editor)) == holding.MAX_HELD
    assert first.parent.stat().st_mode & 0o077 == 0


def test_a_select_for_each_section_would_be_too_much_for_a_long_text(editor):
    before = "".join(f"# {n}. 旧い節{n}\n\n{chr(0x4E00 + n) * 30}\n\n" for n in range(1, 201))
    after = "".join(f"# {n}. 改節{n}\n\n{chr(0x6E00 + n) * 30}\n\n" for n in range(1, 201))
    published(before)

    response = upload(editor, LATER + after)

    preview = response.context["preview"]
    assert len(preview.doubtful) == 100
    assert preview.unlisted == 100
    assert "このほか100件" in said(response)
    last = editor.post(address(), {**carried(response), "correct": "199"})
    assert last.context["preview"].rows[199].choice == ""


RIGHTS = {
    "none": ((), 403),
    "looking": (("view_edition", "view_guideline"), 403),
    "changing": (("change_edition",), 403),
    "adding": (("add_edition",), 200),
}


@pytest.mark.parametrize("case", RIGHTS)
def test_who_may_add_an_edition_may_import(db, case):
    rights, status = RIGHTS[case]
    client = signed_in(*rights)

    assert client.get(address()).status_code == status
    assert upload(client, HEADER + TEXT).status_code == status
    assert (held_files(client) != []) == (status == 200)


@pytest.mark.parametrize("model", ["edition", "guideline"])
def test_the_lists_lead_to_the_import_for_those_who_may(db, model):
    page = reverse(f"admin:guidelines_{model}_changelist")

    reader = signed_in(f"view_{model}").get(page)
    editor = signed_in(f"view_{model}", "add_edition").get(page)

    assert address() not in said(reader)
    assert address() in said(editor)


def test_who_is_not_signed_in_is_led_to_the_door(client, db):
    assert "/login/" in client.get(address()).url


def test_names_in_a_file_are_text_and_nothing_else(editor):
    response = upload(editor, HEADER + "# 第1章 <b>総論</b>\n\n本文。\n", name="<i>.md")

    assert "<i>.md" not in said(response)
    assert "&lt;i&gt;.md" in said(response)
    assert Section.objects.count() == 0
