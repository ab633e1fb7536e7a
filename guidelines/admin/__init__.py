"""The admin's pages for the catalogue, the editions and the sections of drafts."""

from guidelines.admin.catalogue import CategoryAdmin, GuidelineAdmin, GuidelineRelationAdmin
from guidelines.admin.editions import EditionAdmin
from guidelines.admin.sections import SectionAdmin

__all__ = [
    "CategoryAdmin",
    "EditionAdmin",
    "GuidelineAdmin",
    "GuidelineRelationAdmin",
    "SectionAdmin",
]
