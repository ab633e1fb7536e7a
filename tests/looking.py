"""What the gates see of a page in the browser: each look gives its faults as sentences."""

from functools import cache
from pathlib import Path

import html5lib

# The tags of axe-core: WCAG 2.0 to 2.2, A and AA, and best practices. Impacts are not told apart.
STANDARDS = (*("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"),)
# The rules that a colour scheme can change: all else of the page is the same in both.
OF_COLOUR = ("color-contrast", "link-in-text-block")
STOPS = 25
# Milliseconds that a busy machine may take until the page has done what the keyboard asked for.
PATIENCE, PAUSE = 3000, 30


@cache
def axe_script():
    """The source of axe-core."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def accessibility(page, rules=()):
    """Violations of the standards, or of these rules of theirs, of whatever impact."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_script())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    # Colours on their way from one to the other are nobody's.
    page.evaluate("document.getAnimations().forEach(one => { try { one.finish() } catch {} })")
    result = page.evaluate(
        "only => axe.run({runOnly: only, resultTypes: ['violations'], preload: false})", {**only}
    )
    return [
        f"axe: {one['id']} ({one['impact']}): {len(one['nodes'])}×"
        f" {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary'][:300]}"
        for one in result["violations"]
    ]


def structure(page, language):
    """Language, one main, one h1, no level of heading skipped, no id twice."""
    seen = page.evaluate(
        """() => {
          const shown = e => e.checkVisibility() || e.closest('.unseen, .visually-hidden');
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          return {
            language: document.documentElement.lang,
            mains: document.querySelectorAll('main, [role=main]').length,
            headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown)
              .map(e => [Number(e.tagName[1]), e.innerText.trim().slice(0, 40)]),
            twice: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))],
          };
        }"""
    )
    levels = [level for level, _ in seen["headings"]]
    if seen["language"] != language:
        yield f"the page says that it is in “{seen['language']}”"
    if seen["mains"] != 1:
        yield f"{seen['mains']} main landmarks"
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of level 1"
    before = 0
    for level, words in seen["headings"]:
        if level > before + 1:
            yield f"heading of level {level} after level {before}: {words}"
        before = level
    for one in seen["twice"]:
        yield f"the id {one} stands twice"


def width(page, what):
    """The page scrolls sideways; what is too wide is named."""
    wide = page.evaluate(
        """() => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return null;
          const scrolls = e => { for (let p = e.parentElement; p && p !== document.body;
            p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; };
          const culprits = [...document.body.querySelectorAll('*')].filter(
            e => e.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(e));
          const last = culprits.at(-1);
          return [root.scrollWidth, root.clientWidth,
            last ? last.outerHTML.slice(0, 120) : 'nothing visible'];
        }"""
    )
    if wide:
        yield f"scrolls sideways {what}: {wide[0]} px on {wide[1]} px, by {wide[2]}"


def larger_text(page):
    """At twice the size of text: that it became larger, and still nothing scrolls sideways."""
    size = "parseFloat(getComputedStyle(document.querySelector('main p, main') || body).fontSize)"
    before = page.evaluate(size)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    if not _becomes(page, f"{size} >= {before * 1.9}"):
        after = page.evaluate(size)
        yield f"text does not follow the reader's size: {before} px, then {after} px"
    yield from width(page, "with text of 200 %")
    cdp.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    cdp.detach()


# What stands out when the focus comes to the element, whether it can be seen, and what covers it.
LOOK_AT_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const named = e.outerHTML.slice(0, 140);
  const style = () => [e, e.parentElement, e.closest('tr, label, li')].filter(Boolean).map(one => {
    const s = getComputedStyle(one);
    const outline = s.outlineStyle === 'none' || s.outlineWidth === '0px' ? '' :
      s.outlineWidth + s.outlineColor;
    return [outline, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor,
      s.textDecorationLine + s.textDecorationThickness].join('|');
  }).join('/');
  const own = getComputedStyle(e);
  let marked = own.outlineStyle !== 'none' && parseFloat(own.outlineWidth) >= 1;
  if (!marked) {
    const focused = style();
    e.blur();
    marked = style() !== focused;
    e.focus({preventScroll: true});
  }
  const boxes = [...e.getClientRects()].filter(b => b.width && b.height);
  if (!boxes.length) return {named, marked, place: 'has no box'};
  // A link that goes on in the next line is seen where any part of it is.
  const seen = b => b.left < innerWidth && b.right > 0 && b.top < innerHeight && b.bottom > 0;
  const box = boxes.find(seen) || boxes[0];
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (left >= right || top >= bottom) return {named, marked, place: 'is outside the window'};
  const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]].map(([x, y]) =>
    document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y));
  const free = points.some(at => at && (e.contains(at) || at.contains(e) ||
    [...(e.labels || [])].some(label => label.contains(at))));
  return {named, marked, place: free ? '' : 'is covered by ' +
    (points[0] ? points[0].outerHTML.slice(0, 80) : 'nothing')};
}"""
KINDS = (
    *("main a[href]", "header a[href]", "footer a[href]", "button", "summary", "select"),
    *("textarea", "input[type=text]", "input[type=search]", "input[type=checkbox]"),
    *("input[type=radio]", "input[type=submit]", "input[type=date]", "input[type=file]"),
    *("[tabindex='0']", "svg a[href]"),
)


# Where the keyboard begins on a page without a field that takes the focus by itself.
TO_THE_START = """() => {
  document.body.tabIndex = -1;
  document.body.focus({preventScroll: true});
  document.body.removeAttribute('tabindex');
  scrollTo(0, 0);
}"""


def focus(page):
    """At each of the first stops of the keyboard, and on a control of each kind."""
    yield from skip_link(page)
    page.evaluate(TO_THE_START)
    seen = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = _settled(page)
        if stop is None or stop["named"] in seen[:1]:
            break
        seen.append(stop["named"])
        yield from _faults_of(stop)
    for kind in KINDS:
        found = page.evaluate(
            """kind => {
              const e = [...document.querySelectorAll(kind)].find(
                e => e.checkVisibility({visibilityProperty: true}) && !e.disabled);
              if (e) e.focus();
              return Boolean(e) && document.activeElement === e;
            }""",
            kind,
        )
        stop = _settled(page) if found else None
        if stop and stop["named"] not in seen:
            seen.append(stop["named"])
            yield from _faults_of(stop)


def _settled(page):
    """What the focus looks like, once scrolling and fading are over."""
    stop = page.evaluate(LOOK_AT_FOCUS)
    for _turn in range(PATIENCE // PAUSE):
        if stop is None or (stop["marked"] and not stop["place"]):
            break
        page.wait_for_timeout(PAUSE)
        stop = page.evaluate(LOOK_AT_FOCUS)
    return stop


def _faults_of(stop):
    if not stop["marked"]:
        yield f"focus does not show: {stop['named']}"
    if stop["place"]:
        yield f"focus {stop['place']}: {stop['named']}"


def skip_link(page):
    """The first stop leads past the header, to the content, where there is something to pass."""
    if not page.locator("header, nav").count():
        return
    page.evaluate(TO_THE_START)
    page.keyboard.press("Tab")
    first = page.evaluate(
        "document.activeElement.matches('a[href^=\"#\"]') && document.activeElement.hash.slice(1)"
    )
    if not first:
        yield "the first stop of the keyboard is no link to the content"
        return
    page.keyboard.press("Enter")
    _becomes(page, f"location.hash === '#{first}'")
    inside = "e => e && (e.closest('main, [role=main]') !== null)"
    if not page.evaluate(f"({inside})(document.getElementById({first!r}))"):
        yield f"the skip link leads to #{first}, which is not the content"
    page.keyboard.press("Tab")
    after = page.evaluate(
        """first => {
          const at = document.activeElement, main = document.getElementById(first);
          // Where the content has no stop, the next one is the first again.
          return !main || at.hash === `#${first}` || at === document.body ||
            at === main || main.contains(at) ||
            Boolean(main.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
        }""",
        first,
    )
    if not after:
        yield "the stop after the skip link lies before the content"


def unfolding(page):
    """What unfolds does so by keyboard, and folds again."""
    kinds = {
        "summary": "e => e.parentElement.open",
        "button[aria-expanded]": "e => e.getAttribute('aria-expanded') === 'true'",
    }
    for kind, is_open in kinds.items():
        controls = page.locator(f"{kind}:visible").all()[:4]
        for control in controls:
            was, element = control.evaluate(is_open), control.element_handle()
            for wanted, failing in ((not was, "unfold"), (was, "fold again")):
                control.focus()
                page.keyboard.press("Enter")
                if not _becomes(page, f"e => ({is_open})(e) === {str(wanted).lower()}", element):
                    yield f"Enter does not {failing}: {element.evaluate('e => e.outerHTML')[:120]}"
                    break


def _becomes(page, condition, about=None):
    """Whether a condition of the page comes true before patience ends."""
    for _turn in range(PATIENCE // PAUSE):
        if page.evaluate(condition, about):
            return True
        page.wait_for_timeout(PAUSE)
    return False


def wishes(page):
    """With forced colours nothing goes, and with reduced motion nothing moves on."""
    # A long text is laid out as its reader comes to it: here all of it counts from the start.
    page.evaluate(
        """() => {
          const all = new CSSStyleSheet();
          all.replaceSync("* { content-visibility: visible !important; }");
          document.adoptedStyleSheets = [all];
        }"""
    )
    words = "document.body.innerText.replace(/\\s+/g, '').length"
    pictures = "[...document.querySelectorAll('img, svg')].filter(e => e.checkVisibility()).length"
    before = page.evaluate(f"[{words}, {pictures}]")
    for name, wish in (
        ("forced colours", {"forced_colors": "active"}),
        ("reduced motion", {"reduced_motion": "reduce"}),
    ):
        page.emulate_media(**wish)
        if page.evaluate(f"[{words}, {pictures}]") != before:
            yield f"with {name} something is not shown any more"
        # Colours may still be on their way back from the wish before.
        if "reduced_motion" in wish and not _becomes(
            page, "!document.getAnimations().some(one => one.playState === 'running')"
        ):
            yield "something moves although the reader asked for no motion"
        page.emulate_media(forced_colors="none", reduced_motion="no-preference")


def validity(source):
    """What a strict HTML5 parser has to say."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(source)
    for (line, column), name, words in parser.errors[:10]:
        yield f"HTML: line {line}, column {column}: {name} {words}"
