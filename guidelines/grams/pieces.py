"""Takes the streams of a section to pieces."""

from operator import add

# Private signs before what is not just a part of the text: of its heading, the stem of a word, what
# every section has, and what only a section has whose pieces did not all fit.
HEADING, STEM, EVERY, PARTLY = "\ue001", "\ue002", "\ue003", "\ue004"
# Stands for the blank of a stream where that would end a token.
_BLANK = "\ue005"
# Bytes that PostgreSQL takes in one tsvector, with room to spare; and more than a sign ever adds.
MOST_BYTES = 900_000
_BYTES_OF_A_SIGN = 60
# The pairs that a quarter of all sections have: of official Japanese, as the demonstration set is.
# How often they are found is kept, as it would take longest to count.
_FREQUENT = (
    "3編oはあるいういているえるからかをがあが望きはきるけるけれことされしいしたしてしなするそのためったってついていてはであできではとがとき"
    "としとすとなとのとをないなくなけならなるにおにつにはによに関のとの手はなばなましまでめるものようよりよるらなられるこるとるもる場れたれば"
    "れるを定を確を行イドインエクガイクトサーシスジエジタステタルテイテムデジドラビスプロムのライロジービ事業任者作業内容判断利用又は及び各府"
    "報シ場合契約定の定め実施府省必要情報手続担当政府文書望ま検討業務業者標準求め理由用い用の用者確認第2第3管理結果編第者が者に者の者は行う"
    "要件計画記載調達責任関す"
)
FREQUENT = frozenset(_FREQUENT[at : at + 2] for at in range(0, len(_FREQUENT), 2))


def pairs(stream, *, is_part=False):
    """The overlapping pairs of a stream; of a whole one, also those with its ends."""
    signs = stream.replace(" ", _BLANK)
    if not is_part:
        signs = f"{_BLANK}{signs}{_BLANK}"
    return " ".join(map(add, signs, signs[1:]))


def wholes(heading, body, stems):
    """What is kept of a section without places: its signs, those of its heading, its stems."""
    return [
        EVERY,
        *sorted({*heading, *body} - {" "}),
        *(HEADING + sign for sign in sorted({*heading} - {" "})),
        *(STEM + stem for stem in sorted(stems.split())),
    ]


def pieces(heading, body, stems):
    """Everything that is kept of a section on PostgreSQL; of a very long text, without fours."""
    kept = set(wholes(heading, body, stems))
    for stream, mark in ((heading, ""), (body, ""), (heading, HEADING)):
        padded = f" {stream} "
        kept.update(mark + piece for piece in of_length(padded, 2))
    fours = set(of_length(f" {heading} ", 4)) | set(of_length(f" {body} ", 4))
    fours.update(HEADING + piece for piece in of_length(f" {heading} ", 4))
    # Only of a long text it is worth the time to look how long its pieces are.
    is_long = (len(heading) + len(body)) * _BYTES_OF_A_SIGN > MOST_BYTES
    if is_long and sum(len(piece.encode()) + 1 for piece in kept | fours) > MOST_BYTES:
        return kept | {PARTLY}
    return kept | fours


def counted(heading, body):
    """The pieces of a section of which PostgreSQL keeps how often they are found."""
    text = f"{heading} {body}"
    return ({*text} - {" "}) | (FREQUENT & set(of_length(text, 2)))


def literal(pieces):
    """A tsvector as PostgreSQL reads it: letters, digits and blanks alone, in quotes."""
    return "'" + "' '".join(pieces) + "'"


def of_length(signs, length):
    """All the parts of a text that have so many signs."""
    return [signs[at : at + length] for at in range(len(signs) - length + 1)]
