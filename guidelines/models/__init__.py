"""The tables of the texts: the catalogue, the editions, their sections, and the index to them."""

from guidelines.models.catalogue import Category, FormerCode, Guideline, GuidelineRelation
from guidelines.models.edition import Edition, RevisionNote, Step
from guidelines.models.index import (
    BriefingLink,
    FunctionLink,
    MeasureLink,
    PrincipleLink,
    Rejection,
    Responsibility,
    StrategyLink,
)
from guidelines.models.search import SearchEntry, SearchText
from guidelines.models.section import Attachment, Revision, Section
from guidelines.models.synonym import Synonym

__all__ = [
    "Attachment",
    "BriefingLink",
    "Category",
    "Edition",
    "FormerCode",
    "FunctionLink",
    "Guideline",
    "GuidelineRelation",
    "MeasureLink",
    "PrincipleLink",
    "Rejection",
    "Responsibility",
    "Revision",
    "RevisionNote",
    "SearchEntry",
    "SearchText",
    "Section",
    "Step",
    "StrategyLink",
    "Synonym",
]
