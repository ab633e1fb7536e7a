"""The wordings by which a sentence says who acts, whether it binds, and what kind of act it is.

A sentence comes here bare of what stands in brackets and quotes, folded (NFKC), and with each name
of a role replaced by one private sign, since who acts is told by what stands around the name.
What the rules take and what they leave was decided by reading the guidelines; tests/judged holds
sentences to measure them by.
"""

import re
from dataclasses import dataclass

FIRST_SIGN = 0xE000
_R = "[\ue000-\uefff]"
# Written without blanks between words, so that a longer word is another word.
_SOLID = "一-龥々ァ-ヴー"


@dataclass(frozen=True, slots=True)
class Act:
    """What a sentence has somebody do. The force is empty where it binds nobody."""

    duty: str
    force: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sentence says by itself."""

    # For each sign of a role that is its subject, what the role has to do.
    acts: tuple[tuple[str, Act], ...] = ()
    # Where no role is its subject: what whoever is left out has to do.
    left_out: Act | None = None
    # What else it speaks of: "" nothing, "thing" what is acted on, "somebody" another who acts.
    about: str = ""
    # A list follows that belongs to it, as after 「次に掲げる事項を決定する。」.
    announces: bool = False


def bare(text: str) -> str:
    """The text without what stands in brackets and the numbers of items, and with quotes empty."""
    text = re.sub("[①-⑳]", "、", text)
    # Twice for brackets in brackets; each kind by itself, as 「2.1)」 closes one nobody opened.
    for _depth in range(2):
        text = re.sub(r"（[^（）]*）|\([^()]*\)", "", text)
    return re.sub(r"「[^「」]*」|『[^『』]*』", "「」", text)


def begins_word(text: str, start: int) -> bool:
    """Whether a name at `start` is no later part of a longer word, as in 「他府省庁」."""
    before = text[start - 1] if start else ""
    if text[start].isascii():
        return not (before.isascii() and before.isalnum())
    return not re.match(rf"(?![各両同当該旧新又])[{_SOLID}]", before)


def ends_word(text: str, end: int) -> bool:
    """Whether a name up to `end` is no first part of a longer word, as in 「会計担当者」."""
    after = text[end : end + 1]
    if text[end - 1].isascii():
        return not (after.isascii() and after.isalnum())
    return not re.match(rf"(?![等自又及並若側間])[{_SOLID}]", after)


# Japanese: who acts.

# 「R、R及びRは」, 「R及び関係する事業者は」, 「R自身は」
_ROLES = (
    rf"(?P<signs>{_R}(?:(?:、|及び|並びに|又は|若しくは|や|・|と)各?{_R})*)"
    r"(?:(?:及び|並びに|又は|若しくは)[^、。はがをにで\ue000-\uefff]{1,15})?"
    r"(?:等|自身|自ら|側)?"
)
_TOPIC = re.compile(rf"{_ROLES}(?:は(?!じめ|か[るり])|も|(?:において|にあって|として)[はも])")
_AGENT = re.compile(rf"{_ROLES}が、?")
# Anything else that is spoken of: 「報告は」, 「監査を担う者は」, but not 「…には」.
_OTHER_TOPIC = re.compile(
    r"(?<![^、。])(?P<what>[^、。]*?"
    rf"(?:[{_SOLID}A-Za-z\d」]|こと|もの|これら?|それら?|など|ところ))"
    r"は(?!じめ|か[るり]|な[いらり]|でき)"
)
# 「…ときは」 and 「契約の後は」 say when.
_WHEN = re.compile(
    r"(?:[時際前後内度日月年今次又中上]|(?<!期)間|場合|以降|段階|時点|限り|例え|当たって)$"
)
_SOMEBODY = re.compile(
    r"(?:者|員|部門|部署|部局|庁|省|会議|会|センター|機関|担当|長|課|室|局|団体|法人|政府|国|国民"
    r"|内閣官房|組織|官)等?$"
)
# A verb before what it describes: 「定める手続」, 「果たすために」.
_DESCRIBES = re.compile(
    r"(?:[うぐすぬぶむる]|(?<!ま)た|ない|べき)"
    r"(?=こと|もの|とき|ため|よう|ところ|の[はがをに]"
    rf"|(?!上で|後|結果、|必要)[{_SOLID}A-Z「〓\ue000-\uefff])"
)
_CONDITION = re.compile(r"(?:とき|場合|際)(?:は|に|も|、)")
# What follows the last verb of a sentence to make it bind.
_BINDING = re.compile(
    r"(?:(?:もの|こと)と(?:する|します)|こと[をは].{2,4}|(?:こと|もの)が(?:望|求|必要|重要).*"
    r"|必要が.*)$"
)
# The end of a clause that goes on: 「…し、」, 「…とともに、」.
_GOES_ON = r"(?:[いきぎしちにびみりえけげせてねべめれず]|とともに|た上で)$"

# Japanese: whether it binds.

_MAY = re.compile(
    r"(?:でき(?:る|ます|る(?:もの|こと)と(?:する|し))|可能(?:である|です)|差し支えない"
    r"|妨げ(?:られ)?ない|足りる|限りでない|ても?よい)$"
)
_SHOULD = re.compile(
    r"(?:望ましい(?:です)?|重要(?:である|です)"
    r"|努め(?:る|ます|てください|る(?:もの|こと)とする|る必要がある|なければならない))$"
)
_MUST = re.compile(
    r"(?:(?:もの|こと)と(?:する|します|し)|(?<!で)なければ(?:なら(?:ない|ず)|なりません)"
    r"|必要(?:が|で)あ(?:る|ります|り)|必要です|を要(?:する|します)|求められ(?:る|ます)"
    r"|[てで]はな(?:らない|らず|りません)|てください|べき(?:です|である)"
    r"|こと[はが]でき(?:ない|ません))$"
)
# A plain verb assigns a task: 「PMOは、…を確認する。」
_VERB = re.compile(
    r"(?:[うくぐすつぬぶむる]|[いきぎしちにびみりえけげせてねべめれ]ます"
    r"|(?:[しせめわかさ]|用い)ない)$"
)
# But not one that only says how something is, what it is made of, where it stands or leads.
_STATE = re.compile(
    r"(?:[がもはにでと]あ(?:る|ります)|て[いお](?:る|ります|ます)|[とにくう]な(?:る|ります)|成る"
    r"|いう|異なる|に(?:よる|限る|当たる|資する|属する|該当(?:する|します))|に?もつながる|につながる"
    r"|(?<!責任を)有する|含む|生ずる|生じる|意味する|存在する|左右する|招く|もたらす|及ぼす|損なう"
    r"|(?<!入)れ(?:る|ます)|(?:目的|原則|前提|対象)とする|(?:構成|組織|編成)する|充てる"
    r"|(?:以下|次|下記|表[\d-]*|図[\d-]*|とおり).*示(?:す|します))$"
)
# Nor one that only points to what to read or look at, as long as it tells no role to.
_POINTS = re.compile(
    r"(?:参[考照](?:に|と)?(?:して(?:ください|下さい)|し?ます|とする|する)|ご覧ください"
    r"|[編章節項条\d.)紙表]\s?に(?:定める|掲げる|示す|従う))$"
)
# A thing is spoken of as what it is, or as what is done to it by anybody.
_OF_A_THING = re.compile(
    r"(?<!もの|こと)と(?:する|します)$"
    r"|(?:[さらかたまがばわ]れ|[てで]い)(?:なければ|る必要|るもの|ることが)[^、]{0,9}$"
)
_ANNOUNCES = re.compile(r"(?:次|以下|下記)(?:の|に(?:掲げる|示す|定める))")

# Japanese: what kind of act, unless the verb describes something: 「承認した例外を」.
_DESCRIBING = (
    r"た|[るう]?(?:とき|ため|よう(?!に[すし])"
    r"|こと(?!と[すし]|が(?:望|求|必要|重要)|を要|[はが]でき)"
    rf"|(?!必要)[{_SOLID}])"
)
_DUTIES = tuple(
    (duty, re.compile(rf"(?:{verbs})(?!{_DESCRIBING})"))
    for duty, verbs in (
        ("informed", "(?:報告|通知|連絡|周知|共有)を受け"),
        (
            "consulted",
            "(?:協議|相談|照会|諮問)を受け|(?:協議|相談|照会)に応[じず]|意見を求められ",
        ),
        (
            "advises",
            "(?:助言|勧告|支援|アドバイス)(?:する|し|等?を行[いう])|(?:助言|意見)を(?:述べ|する)",
        ),
        ("decides", "(?:決定|承認|指定|判断|判定|許可|認定|確定)(?:する|し|させる)|決する"),
    )
)


def read_japanese(text: str) -> Reading:
    """What a Japanese sentence says: who has to do what, if anybody."""
    core, *end = re.split(r"\s*\d*(。)[\d\s]*$", text.strip())
    others = [topic for topic in _OTHER_TOPIC.finditer(core) if not _WHEN.search(topic["what"])]
    somebody = [topic for topic in others if _SOMEBODY.search(topic["what"])]
    agents = list(_AGENT.finditer(core))
    # 「PMOが確認する」 without an end is the caption of a figure.
    governing = [agent for agent in agents if end and _governs(agent, core, others)]
    subjects = [*_TOPIC.finditer(core), *governing]
    about = ""
    # 「Rが異なる判断をすることは、」 is about R, though R is not its subject.
    if somebody or any(agent.start() == 0 and agent not in governing for agent in agents):
        about = "somebody"
    # What is spoken of to somebody who is asked can only be what is acted on.
    elif others and not core.endswith("ください"):
        about = "thing"
    force, announces = _force(core), bool(_ANNOUNCES.search(core))
    if not subjects:
        binds = force and end and not _POINTS.search(core)
        if not binds or (about == "thing" and _OF_A_THING.search(core)):
            return Reading((), None, about, announces)
        return Reading((), Act(_duty(core), force), about, announces)
    breaks = [*(topic.start() for topic in [*subjects, *somebody]), len(core)]
    acts = []
    for subject in sorted(subjects, key=lambda subject: subject.start()):
        until = min(place for place in breaks if place >= subject.end())
        clause = core[subject.end() : until]
        act = Act(_duty(clause), force if until == len(core) else _force_midway(clause, force))
        acts += [(sign, act) for sign in re.findall(_R, subject["signs"])]
    return Reading(tuple(acts), None, about, announces)


def _governs(agent, core, others):
    """Whether 「Rが」 is a subject of the sentence, not of what describes something in it."""
    # 「PMOは、PJMOが作成した案を」
    if re.search(rf"{_R}(?:は|も)、?各?$", core[: agent.start()]):
        return False
    rest = core[agent.end() :]
    if re.match(r"(?:主体|中心|主導)(?:と|的)", rest):
        return True
    # 「Rが定める手続は」
    if any(topic.start() <= agent.start() < topic.end() for topic in others):
        return False
    following = next((topic.start() for topic in others if topic.start() > agent.start()), None)
    reach = _BINDING.sub("", rest if following is None else core[agent.end() : following])
    condition = _CONDITION.search(reach + "、")
    if condition and "が" not in reach[: condition.start()]:
        return False
    if agent[0].endswith("、"):
        return True
    first, _comma, more = reach.partition("、")
    if described := _DESCRIBES.search(first):
        # 「Rが残存する危険を評価し、」: it is not R that remains.
        return not re.search(r"[をにとでへ]", first[: described.start()]) and bool(
            re.match(rf"[{_SOLID}]+を.*{_GOES_ON}", first[described.end() :])
        )
    # 「方針の提示は、Rが見積りを取得し、精査する時期に行う」
    is_aside = following is None and any(topic.end() <= agent.start() for topic in others)
    return not (is_aside and _DESCRIBES.search(more))


def _force(core):
    """How a sentence with this end binds: "must", "should", or "" where it does not."""
    if _MAY.search(core):
        return ""
    if _SHOULD.search(core):
        return "should"
    if _MUST.search(core):
        return "must"
    return "must" if _VERB.search(core) and not _STATE.search(core) else ""


def _force_midway(clause, force):
    """How a clause binds that another with a subject of its own follows."""
    clause = clause.rstrip("、 ")
    if clause.endswith("が"):
        return _force(clause.removesuffix("が"))
    if clause.endswith(("ものとし", "こととし")):
        return "must"
    return force if re.search(_GOES_ON, clause) else ""


def _duty(clause):
    """The kind of act, by the last verb, or by a decision made on the way to it."""
    decides = False
    for duty, verbs in _DUTIES:
        for match in verbs.finditer(clause):
            if re.fullmatch(r"[ぁ-ん必要望求重努]*", clause[match.end() :]):
                return duty
            decides = decides or duty == "decides"
    return "decides" if decides else "performs"


# English

_THE = r"(?:[Tt]he|[Aa]n?|[Ee]ach|[Ee]very|[Aa]ny|[Bb]oth)\s+"
_SUBJECT = re.compile(
    r"(?:^|[,;:]\s+|\b(?:and|or|but|while|whereas)\s+)(?:also\s+|then\s+)?"
    rf"(?:{_THE})?(?P<signs>{_R}(?:(?:,|,?\s+(?:and|or))\s+(?:{_THE})?{_R})*)"
    # 「the PMO of a ministry」, 「the CIOs who are members」, 「the PMO, with others,」
    r"(?:\s+(?:of|in|to|for|who|that|which)\s[^,;]{1,60}?)??(?:,[^;]{1,120}?,)??"
    r"\s+(?:(?:also|first|then|not|\w+ly|in (?:principle|substance))\s+)*"
    r"(?P<verb>shall|must|should|(?:is|are) (?:required|responsible)|needs? to|may|can|will"
    r"|(?:has|have) the following|(?!is\b|was\b|has\b|does\b)[a-z]+s\b(?=\s+(?!of\b)))"
)
# What is done to somebody by others; to be asked or told is an act of one's own.
_DONE_TO = re.compile(
    r"(?:shall|must|should) (?:not )?be (?!consulted|asked|informed|notified)\w+ed\b"
)
_ENGLISH_DUTIES = tuple(
    (duty, re.compile(rf"(?:shall |must |should |not |\w+ly )*(?:{verbs})\b"))
    for duty, verbs in (
        (
            "informed",
            r"receives? (?:an? |the )?(?:regular )?(?:reports?|notifications?|notices?)"
            r"|be (?:informed|notified)",
        ),
        ("consulted", r"be (?:consulted|asked for)|responds? to consultation"),
        (
            "advises",
            r"advises?|(?:gives?|provides?) (?:\w+ )?advice|states? (?:its|their|an) opinions?"
            r"|supports?",
        ),
    )
)
_DECIDES = re.compile(
    r"(?<!to )(?<!who )(?<!that )\b(?:decides?|approves?|designates?|judges?|determines?)\b"
)


def read_english(text: str) -> Reading:
    """What an English sentence says: who has to do what, if anybody."""
    subjects = list(_SUBJECT.finditer(text))
    acts = []
    for place, subject in enumerate(subjects, start=1):
        end = subjects[place].start() if place < len(subjects) else len(text)
        clause = text[subject.start("verb") : end]
        act = Act(_english_duty(clause), _english_force(subject["verb"], clause))
        acts += [(sign, act) for sign in re.findall(_R, subject["signs"])]
    return Reading(tuple(acts), None, "", bool(re.search(r"\bfollowing\b", text)))


def _english_force(verb, clause):
    if verb in ("may", "can", "will") or _DONE_TO.match(clause):
        return ""
    return "should" if verb == "should" or re.match(r"(?:\w+ )?endeavou?rs?\b", clause) else "must"


def _english_duty(clause):
    told = next((duty for duty, verbs in _ENGLISH_DUTIES if verbs.match(clause)), None)
    return told or ("decides" if _DECIDES.search(clause) else "performs")


READERS = {"ja": read_japanese, "en": read_english}

# Headings

_TASKS = "活動|機能|業務|役割|責務|任務|事務|職務|取組|作業|対応|責任|手順|実施事項|実施内容"
_ACTOR = re.compile(
    rf"(?:^|[のく、 ])各?(?P<sign>{_R})(?:の(?:主な|年間|具体的な)?(?:{_TASKS})"
    r"|による[^、。]*|が(?:行う|実施する|担う|果たす)[^、。]*)?$"
    r"|^(?:the )?(?:functions?|activities|duties|roles?|tasks|responsibilities) of"
    rf" (?:the )?(?P<of>{_R})$",
    re.IGNORECASE,
)


def actor_in(heading: str) -> str | None:
    """The sign of the role whose acts a marked heading announces.

    None for a heading that names no role, or only one that something is done to; "" for one that
    says who is concerned, but not who acts, such as 「PMOの設置」.
    """
    signs = set(re.findall(_R, heading))
    if not signs or (len(signs) == 1 and re.search(rf"{_R}(?:へ|に(?!よる)|から)", heading)):
        return None
    match = _ACTOR.search(heading)
    return (match["sign"] or match["of"]) if match and len(signs) == 1 else ""
