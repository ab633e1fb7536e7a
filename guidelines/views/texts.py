"""The pages of the texts: the set, its editions, their sections, and the files they show."""

from functools import wraps

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from guidelines import citing, mapping
from guidelines.document import Document
from guidelines.exporting import FORMATS
from guidelines.highlighting import Highlighter
from guidelines.linked import links_of
from guidelines.models import Attachment, Edition, Guideline, GuidelineRelation, Section

FOR_EVER = 31_536_000
# How deep the contents beside a whole text go.
LEVELS_OF_WHOLE = 3
# Pictures that a browser can only show; anything else is offered to be saved.
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")


def of_guideline(view):
    """Hand the view the guideline that its address names, whatever the case or age of the code.

    An address with another case or a former code leads on to the present one.
    """

    @wraps(view)
    def found(request, code, **place):
        guideline = get_object_or_404(
            Guideline.objects.coded(code).select_related("category", "replaced_by", "withdrawn_by")
        )
        if guideline.code != code:
            return redirect(
                request.get_full_path().replace(f"/{code}/", f"/{guideline.code}/", 1),
                permanent=True,
            )
        return view(request, guideline, **place)

    return found


def open_document(guideline, *, on, decided_on=None):
    """The document a reader's address means.

    Raises Http404 where it has no edition of the day `decided_on`. Without one the document may
    have no edition in force; then it has its catalogue's entry to show.
    """
    document = Document(
        guideline,
        on=on or timezone.localdate(),
        language=get_language(),
        decided_on=decided_on,
        dated=on is not None,
    )
    if decided_on and document.edition is None:
        raise Http404
    return document


def about(request, document, entry=None):
    """What every page of a text says of it: how to cite it, and which other editions have it."""
    site, language = request.build_absolute_uri("/"), document.edition.language
    return {
        "citations": citing.citations(document, entry, site=site),
        "citation": citing.cite(document, entry),
        "cite": citing.patterns(document, site=site),
        "place": citing.place_in(document, entry.key, language=language) if entry else "",
        "stands": document.stands(entry),
    }


def open_section(guideline, address, *, on, decided_on=None):
    """The document that an address means, and its section; Http404 where it has none."""
    document = open_document(guideline, on=on, decided_on=decided_on)
    entry = document.contents.by_address.get(address) if document.edition else None
    if entry is None:
        raise Http404
    return document, entry


def searched_for(request, document):
    """The words by which a search led to a text, if one did, to be marked in it."""
    return Highlighter(request.GET.get("q", ""), on=document.on, language=get_language())


def list_guidelines(request, on=None):
    """The set by category; on a day, what of it was in force."""
    day = on or timezone.localdate()
    in_force = {edition.guideline_id: edition for edition in Edition.objects.in_force(day)}
    shelves = {}
    for guideline in Guideline.objects.with_shelf():
        if on and guideline.pk not in in_force:
            continue
        shelf = shelves.setdefault(guideline.category, [])
        shelf.append(
            {
                "guideline": guideline,
                "edition": in_force.get(guideline.pk),
                "is_withdrawn": guideline.is_withdrawn(day),
            }
        )
    return render(request, "guidelines/guideline_list.html", {"shelves": shelves.items(), "on": on})


def show_map(request, on=None):
    """The relations of the documents, drawn and as a list."""
    relations = GuidelineRelation.objects.select_related("source", "target__category")
    if on:
        in_force = Edition.objects.in_force(on).values("guideline")
        relations = relations.filter(source__in=in_force, target__in=in_force)
    root = reverse("guidelines:guideline-list", kwargs={"on": on} if on else {})
    drawing = mapping.draw(relations, root=root)
    context = {"drawing": drawing, "relations": relations, "on": on}
    return render(request, "guidelines/guideline_map.html", context)


@of_guideline
def show_cover(request, guideline, decided_on=None, on=None):
    """The cover of an edition, or the catalogue's entry of a document without any."""
    document = open_document(guideline, on=on, decided_on=decided_on)
    relations = GuidelineRelation.objects.filter(source=guideline) | (
        GuidelineRelation.objects.filter(target=guideline)
    )
    context = {
        "document": document,
        "relations": relations.select_related("source", "target"),
        "on": on,
    }
    if document.edition is None:
        return render(request, "guidelines/guideline_entry.html", context)
    words = searched_for(request, document)
    context |= {
        **about(request, document),
        "title": words.title(document.edition.title),
        "abstract": words.html(linebreaks(document.edition.abstract, autoescape=True)),
        "highlighted": words,
        "query": words.text,
        "notes": document.edition.revision_notes.all(),
        "contents": document.contents.draw(document.root),
        "links": links_of(document.edition, on=document.on),
    }
    return render(request, "guidelines/edition_cover.html", context)


@of_guideline
def show_section(request, guideline, address, decided_on=None, on=None):
    """A section with what is below it."""
    document, entry = open_section(guideline, address, on=on, decided_on=decided_on)
    contents, words = document.contents, searched_for(request, document)
    context = {
        "document": document,
        "entry": entry,
        "texts": words.texts(document.text(entry)),
        "highlighted": words,
        "query": words.text,
        "above": contents.above(entry),
        "before": contents.before(entry),
        "after": contents.after(entry),
        "contents": contents.draw(
            document.root, only=contents.beside(entry), current=entry, shown=entry
        ),
        "address_now": document.address_now(entry),
        "links": links_of(document.edition, entry, on=document.on),
        **about(request, document, entry),
        "on": on,
    }
    return render(request, "guidelines/section_show.html", context)


@of_guideline
def show_whole_text(request, guideline, decided_on=None, on=None):
    """The whole text of an edition on one page."""
    document = open_document(guideline, on=on, decided_on=decided_on)
    if document.edition is None:
        raise Http404
    contents, words = document.contents, searched_for(request, document)
    context = {
        "document": document,
        "texts": words.texts(document.text()),
        "highlighted": words,
        "query": words.text,
        "contents": contents.draw(
            document.root, only=contents.down_to(LEVELS_OF_WHOLE), shown=contents.root
        ),
        **about(request, document),
        "on": on,
    }
    return render(request, "guidelines/edition_read.html", context)


@of_guideline
def show_history(request, guideline, on=None):
    """Every edition of a document, its decision and its revision notes."""
    document = open_document(guideline, on=on)
    editions = (
        guideline.editions.published()
        .with_standing(document.on)
        .newest_first()
        .prefetch_related("revision_notes")
    )
    context = {"document": document, "editions": editions, "on": on}
    return render(request, "guidelines/guideline_history.html", context)


def show_key(request, key, on=None):
    """The permanent address of a section: leads to it, or says where it last stood."""
    sections = (
        Section.objects.filter(
            key=key,
            edition__status=Edition.Status.PUBLISHED,
            edition__translation_of=None,
        )
        .select_related("edition__guideline", "edition__decision__body")
        .order_by("-edition__effective_on", "-edition__decided_on")
    )
    sections = list(sections)
    if not sections:
        raise Http404
    document = open_document(sections[0].edition.guideline, on=on)
    stood = [one for one in sections if one.edition.effective_on <= document.on]
    now = next((one for one in stood if one.edition == document.current), None)
    if now:
        return redirect(document.current_root + (f"{now.address}/" if now.address else ""))
    if not stood:
        # It is still to come: the dated edition has it.
        first = sections[-1]
        return redirect(f"{document.current_root}{first.edition.decided_on}/{first.address}/")
    context = {"document": document, "section": stood[0], "sections": stood, "on": on}
    return render(request, "guidelines/section_gone.html", context, status=410)


@of_guideline
def download_edition(request, guideline, decided_on, ending, on=None):
    """A published edition as a file, which may be kept for ever.

    But for the Japanese text that stands in for a translation not published yet.
    """
    document = open_document(guideline, on=on, decided_on=decided_on)
    if ending not in FORMATS:
        raise Http404
    media_type, write = FORMATS[ending]
    edition = document.edition
    response = HttpResponse(write(edition), content_type=media_type)
    name = f"{guideline.code}_{edition.decided_on}_{edition.language}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if document.is_untranslated:
        patch_cache_control(response, public=True, max_age=300)
    else:
        patch_cache_control(response, public=True, max_age=FOR_EVER, immutable=True)
    return response


@cache_control(public=True, max_age=FOR_EVER, immutable=True)
def show_file(request, sha256, name):
    """A file that a published edition shows."""
    attachment = get_object_or_404(Attachment.objects.public().filter(sha256=sha256, name=name)[:1])
    response = FileResponse(
        default_storage.open(attachment.path), content_type=attachment.media_type
    )
    # Whatever a file claims to be, a browser must not run it as a page of the portal.
    if attachment.media_type not in SHOWN:
        response["Content-Disposition"] = f'attachment; filename="{attachment.name}"'
    return response
