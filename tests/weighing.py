"""Weighs what a first view of a page brings to a phone of the middle class on a slow line."""

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True}
SLOWER_CPU = 4
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
FIGURES = """() => new Promise(done => {
  const seen = {shift: 0, paint: 0};
  const look = (type, take) => new PerformanceObserver(
    list => list.getEntries().forEach(take)).observe({type, buffered: true});
  look('layout-shift', one => { if (!one.hadRecentInput) seen.shift += one.value; });
  look('largest-contentful-paint', one => { seen.paint = one.startTime; });
  setTimeout(() => done(seen), 300);
})"""


def first_view(browser, address):
    """The figures of a page of which nothing was kept from a view before.

    A dictionary: `bytes` as sent, `requests`, `script` the bytes of scripts, `shift` of the layout,
    `paint` the milliseconds until the largest part is seen, `words` the text of the page.
    """
    context = browser.new_context(**PHONE)
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    asked, kinds, sizes = set(), {}, {}
    cdp.on("Network.requestWillBeSent", lambda it: asked.add(it["request"]["url"]))
    cdp.on("Network.responseReceived", lambda it: kinds.update({it["requestId"]: it["type"]}))
    cdp.on(
        "Network.loadingFinished",
        lambda it: sizes.update({it["requestId"]: it["encodedDataLength"]}),
    )
    cdp.send("Network.enable")
    cdp.send("Network.setCacheDisabled", {"cacheDisabled": True})
    cdp.send("Network.emulateNetworkConditions", LINE)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    figures = page.evaluate(FIGURES)
    words = page.evaluate("document.querySelector('main').textContent")
    context.close()
    script = sum(size for ident, size in sizes.items() if kinds.get(ident) == "Script")
    figures |= {"bytes": sum(sizes.values()), "script": script, "words": words}
    # A browser that may keep things asks for none twice, and for nothing that stands inside.
    requests = [one for one in asked if not one.startswith("data:")]
    return figures | {"requests": len(requests)}
