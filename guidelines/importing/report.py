"""Says what an import found and did, to people and to programs."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _


@dataclass
class Report:
    """The outcome of one import; `as_dict` is what `--json` prints."""

    outcome: str
    code: str
    title: str
    language: str
    decided_on: str
    issuer: str
    keywords: list[str]
    abstract: str
    address: str
    revision_notes: list[dict] = field(default_factory=list)
    sections: list[dict] = field(default_factory=list)
    tables: int = 0
    images: int = 0
    footnotes: int = 0
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, source, edition, found, *, outcome=None):
        """The report of a source that became an edition, with how each key was found."""
        return cls(
            outcome=outcome or str(edition.get_status_display()),
            code=edition.guideline.code,
            title=source.title,
            language=source.language,
            decided_on=source.decided_on.isoformat() if source.decided_on else "",
            issuer=source.issuer,
            keywords=source.keywords,
            abstract=source.abstract,
            address=edition.get_absolute_url() if edition.is_published else "",
            revision_notes=[
                {
                    "on": note.revised_on.isoformat() if note.revised_on else "",
                    "place": note.place,
                    "content": note.content,
                }
                for note in source.notes
            ],
            sections=[
                {
                    "level": level,
                    "number": node.number,
                    "title": node.title,
                    "key": node.key,
                    "matched": found.get(node.key, ""),
                }
                for node, level in source.root.walk()
                if level
            ],
            tables=source.tables,
            images=len(source.pictures),
            footnotes=source.footnotes,
            warnings=source.warnings,
        )

    def as_dict(self):
        """Plain data."""
        return asdict(self)

    def as_text(self):
        """A few lines for a person."""
        lines = [
            _("%(code)s %(title)s（%(day)s、%(language)s）: %(outcome)s")
            % {
                "code": self.code,
                "title": self.title,
                "day": self.decided_on or _("決定日なし"),
                "language": self.language,
                "outcome": self.outcome,
            },
            _("節 %(sections)d、表 %(tables)d、図 %(images)d、脚注 %(footnotes)d")
            % {
                "sections": len(self.sections),
                "tables": self.tables,
                "images": self.images,
                "footnotes": self.footnotes,
            },
        ]
        if self.address:
            lines.append(_("公開した場所: %s") % self.address)
        return "\n".join(lines + [_("注意: %s") % warning for warning in self.warnings])
