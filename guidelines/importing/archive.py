"""Opens ZIP files from outside: within limits, nothing beside the archive, no entities in XML."""

import io
import zipfile

from django.conf import settings
from django.utils.translation import gettext as _

from guidelines.refusals import ImportRefusal

# How files begin that Word encrypts, and those of Word before 2007.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels", ".vml")
# The ways to compress that every program reads; others are no Word's.
_KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_archive(content: bytes, *, name: str) -> zipfile.ZipFile:
    """The archive in `content`, after everything about it that can be dangerous was looked at.

    Raises ImportRefusal. What an archive says of the size of its members is enough to go by:
    zipfile reads no more than that.
    """
    if content.startswith(_COMPOUND):
        raise ImportRefusal(
            _(
                "%s: パスワードで保護されているか、古い形式（.doc）です。"
                "保護を外し、.docxで保存してください。"
            )
            % name
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ImportRefusal(
            _("%s: ZIP形式のファイルとして開けません。壊れているか、途中で切れています。") % name
        ) from error
    _refuse_size(archive.infolist(), name=name)
    for member in archive.infolist():
        _refuse_member(member, name=name)
        if member.filename.lower().endswith(_XML):
            _refuse_entities(read_member(archive, member, name=name), member, name=name)
    return archive


def read_member(archive, member, *, name: str) -> bytes:
    """What a member holds. Raises ImportRefusal when it is damaged."""
    try:
        return archive.read(member)
    # The decompressors raise errors of their own kinds for damaged bytes.
    except Exception as error:
        raise ImportRefusal(
            _("%(name)s: 中の「%(member)s」が壊れていて読めません。")
            % {"name": name, "member": getattr(member, "filename", member)[:100]}
        ) from error


def _refuse_size(members, *, name):
    if len(members) > settings.IMPORT_MAX_FILES:
        raise ImportRefusal(
            _("%(name)s: 中に%(count)d個のファイルがあります。%(limit)d個まで取り込めます。")
            % {"name": name, "count": len(members), "limit": settings.IMPORT_MAX_FILES}
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > settings.IMPORT_MAX_UNPACKED_BYTES:
        raise ImportRefusal(
            _("%(name)s: 展開すると%(size)dバイトになります。%(limit)dバイトまで取り込めます。")
            % {"name": name, "size": unpacked, "limit": settings.IMPORT_MAX_UNPACKED_BYTES}
        )


def _refuse_member(member, *, name):
    what = {"name": name, "member": member.filename[:100]}
    if member.flag_bits & 0x1:
        raise ImportRefusal(
            _("%(name)s: 中の「%(member)s」が暗号化されています。保護を外してください。") % what
        )
    steps = member.filename.replace("\\", "/").split("/")
    if ".." in steps or member.filename.startswith(("/", "\\")) or ":" in steps[0]:
        raise ImportRefusal(
            _("%(name)s: 中の「%(member)s」は、このファイルの外を指しています。") % what
        )
    if member.compress_type not in _KNOWN:
        raise ImportRefusal(_("%(name)s: 中の「%(member)s」の圧縮の方式は読めません。") % what)
    if member.filename.lower().endswith(_XML) and member.file_size > settings.IMPORT_MAX_XML_BYTES:
        raise ImportRefusal(
            _(
                "%(name)s: 中の「%(member)s」は%(size)dバイトあります。"
                "%(limit)dバイトまで取り込めます。"
            )
            % (what | {"size": member.file_size, "limit": settings.IMPORT_MAX_XML_BYTES})
        )


def _refuse_entities(xml, member, *, name):
    """Refuse a document type: Word writes none, and only there can entities be declared."""
    # In UTF-16 there is a zero byte between any two letters.
    if b"<!DOCTYPE" in xml.replace(b"\0", b""):
        raise ImportRefusal(
            _(
                "%(name)s: 中の「%(member)s」に文書型宣言（DOCTYPE）があります。"
                "外部参照は読みません。"
            )
            % {"name": name, "member": member.filename[:100]}
        )
