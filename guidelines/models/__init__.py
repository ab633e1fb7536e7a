"""The tables of the texts: the catalogue, the editions, and their sections."""

from guidelines.models.catalogue import Category, FormerCode, Guideline, GuidelineRelation
from guidelines.models.edition import Edition, RevisionNote, Step
from guidelines.models.section import Attachment, Revision, Section

__all__ = [
    "Attachment",
    "Category",
    "Edition",
    "FormerCode",
    "Guideline",
    "GuidelineRelation",
    "Revision",
    "RevisionNote",
    "Section",
    "Step",
]
