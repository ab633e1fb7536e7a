"""The admin's pages: catalogue, editions, sections of drafts, the index, synonyms."""

from guidelines.admin.catalogue import CategoryAdmin, GuidelineAdmin, GuidelineRelationAdmin
from guidelines.admin.editions import EditionAdmin
from guidelines.admin.index import (
    BriefingLinkAdmin,
    FunctionLinkAdmin,
    MeasureLinkAdmin,
    PrincipleLinkAdmin,
    RejectionAdmin,
    ResponsibilityAdmin,
    StrategyLinkAdmin,
)
from guidelines.admin.sections import SectionAdmin
from guidelines.admin.synonyms import SynonymAdmin

__all__ = [
    "BriefingLinkAdmin",
    "CategoryAdmin",
    "EditionAdmin",
    "FunctionLinkAdmin",
    "GuidelineAdmin",
    "GuidelineRelationAdmin",
    "MeasureLinkAdmin",
    "PrincipleLinkAdmin",
    "RejectionAdmin",
    "ResponsibilityAdmin",
    "SectionAdmin",
    "StrategyLinkAdmin",
    "SynonymAdmin",
]
