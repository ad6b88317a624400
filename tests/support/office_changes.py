"""Run by a Python that has LibreOffice's module uno: decides on the tracked changes of all Word files of a folder.

Beside each file it writes what the text says then, as JSON. Standard library only, for it is another interpreter than that of the tests.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PIPE = "zv-changes"


def option(name, value):
    """One named option of a call."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(office):
    """LibreOffice's component context, as soon as it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            assert office.poll() is None, "LibreOffice ended"
            time.sleep(0.1)
    raise TimeoutError("LibreOffice does not answer")


class Office:
    """A running LibreOffice."""

    def __init__(self, context):
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def after(self, path, decide):
        """What the file says after the decision."""
        document = self.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (option("Hidden", True),))
        decide(document)
        text = path.with_suffix(".txt")
        document.storeToURL(text.as_uri(), (option("FilterName", "Text (encoded)"), option("FilterOptions", "UTF8,LF")))
        document.close(True)
        return text.read_text(encoding="utf-8-sig")

    def all(self, command):
        """A decision on all changes at once."""
        return lambda document: self.command(document, command)

    def each(self, command):
        """The same decision on one change after another, as someone would who looks at each."""

        def decide(document):
            left = number(document)
            while left:
                document.CurrentController.ViewCursor.gotoStart(False)
                self.command(document, "NextTrackedChange")
                self.command(document, command)
                before, left = left, number(document)
                assert left < before, f"{left} changes cannot be decided on one by one"

        return decide

    def command(self, document, name):
        self.dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{name}", "", 0, ())


def number(document):
    """How many changes wait for a decision."""
    redlines, count = document.Redlines.createEnumeration(), 0
    while redlines.hasMoreElements():
        redlines.nextElement()
        count += 1
    return count


def decided(office, path, one_by_one):
    """What a file says before and after every decision, and how many changes are in it."""
    counted = []
    said = {"as it is": office.after(path, lambda document: counted.append(number(document))), "changes": str(counted[0])}
    if counted[0]:
        said["accept"] = office.after(path, office.all("AcceptAllTrackedChanges"))
        said["reject"] = office.after(path, office.all("RejectAllTrackedChanges"))
    if one_by_one:
        said["accept each"] = office.after(path, office.each("AcceptTrackedChange"))
        said["reject each"] = office.after(path, office.each("RejectTrackedChange"))
    return said


def main(folder):
    """Decides on every Word file of the folder."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = subprocess.Popen(["soffice", profile, "--headless", "--norestore", "--nologo", f"--accept=pipe,name={PIPE};urp;"])
    try:
        running = Office(connected(office))
        for place, path in enumerate(sorted(folder.glob("*.docx"), key=lambda path: -path.stat().st_size)):
            path.with_suffix(".json").write_text(json.dumps(decided(running, path, one_by_one=place == 0)), encoding="utf-8")
    finally:
        office.terminate()
        office.wait(30)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
