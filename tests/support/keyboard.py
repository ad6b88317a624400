"""A person at the keyboard: what is to be used is reached by Tab, pressed by Enter, and nothing is clicked."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Browser, Dialog, Page
from workbench import Workbench

_MOST = 400
"""Presses of Tab after which something counts as not to be reached."""
PATIENCE = 240_000
"""Milliseconds that a command may take on a machine that has much else to do."""
_FOCUSED = """wanted => {
  const here = document.activeElement;
  return !!here && here.matches(wanted.selector) && (!wanted.text || (here.innerText ?? "").includes(wanted.text));
}"""


class Keyboard:
    """A page of the workbench that is used by keys, and all that the browser complained of."""

    def __init__(self, chromium: Browser, bench: Workbench, path: str = "/", width: int = 1366) -> None:
        self.bench = bench
        self.page: Page = chromium.new_page(viewport={"width": width, "height": 820})
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("response", lambda answer: self.complaints.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._complain_of)
        self.open(path)

    def open(self, path: str) -> None:
        """Another page in the same tab, which takes a third of the time that a tab of its own takes."""
        self.page.goto(f"http://127.0.0.1:{self.bench.port}/{self.bench.token}{path}")

    def _complain_of(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def reach(self, selector: str, text: str = "") -> None:
        """Tab until it has the focus; AssertionError where it never has."""
        for _ in range(_MOST):
            if self.page.evaluate(_FOCUSED, {"selector": selector, "text": text}):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not to be reached by Tab on {self.page.url}: {selector} {text}\n{self.page.inner_text('main')}")

    def use(self, selector: str, text: str = "") -> None:
        """What it leads to, by Enter: another page."""
        self.reach(selector, text)
        self.press("Enter")

    def press(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def types(self, selector: str, words: str) -> None:
        """Words in place of what stands in a field."""
        self.reach(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def drops(self, selector: str, *files: str) -> None:
        """Files chosen in the dialog of the system."""
        with self.page.expect_navigation():
            self.page.set_input_files(selector, files)

    def work_done(self) -> str:
        """What the last command said, once it is done; the page has been loaded anew then."""
        self.page.wait_for_selector("#auftraege:not(:has([data-laeuft])) article.auftrag", timeout=PATIENCE)
        return self.page.inner_text("article.auftrag >> nth=0")

    @property
    def heading(self) -> str:
        return self.page.inner_text("h1")

    def texts(self, selector: str) -> Sequence[str]:
        return self.page.locator(selector).all_inner_texts()
