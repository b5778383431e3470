"""What the documents say about the code is held next to the code."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = ROOT / "docs" / "operations.md"
ADR = ROOT / "docs" / "adr"
APPS = ("municipalities", "parelkaart", "practices")
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "fixtures/**/*.md", "benchmarks/**/*.md")
    for path in ROOT.glob(pattern)
)
CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?P<target>[^)\s]+)\)")


def name(path):
    return str(path.relative_to(ROOT))


def section(path, heading):
    """The lines below a heading, up to the next one of any level."""
    text = path.read_text(encoding="utf-8")
    return re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)[
        1
    ]


def rows(path, heading):
    """The cells of the one table in a section, without its head."""
    lines = [line for line in section(path, heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def literals(cell):
    return re.findall(r"`([^`]*)`", cell)


# --- settings ---------------------------------------------------------------------------


def variables():
    """Variable -> its defaults as an operator would write them; None for one that is computed."""
    tree = ast.parse((ROOT / "parelkaart" / "settings.py").read_text(encoding="utf-8"))
    found = {}
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "env"
        ):
            found.setdefault(call.args[0].value, []).append(as_written(call.args[1]))
    return found


def as_written(default):
    try:
        value = ast.literal_eval(default)
    except ValueError:
        return None
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(value)


def documented_settings():
    return {literals(cells[0])[0]: cells for cells in rows(OPERATIONS, "Settings")}


def test_each_variable_that_the_settings_read_is_documented_and_no_other():
    read = variables()

    assert set(documented_settings()) == set(read)
    assert {"SECRET_KEY", "DB_NAME", "MAP_EXTENT"} < set(read)


@pytest.mark.parametrize("variable", sorted(variables()))
def test_documented_default_is_the_default(variable):
    told = documented_settings()[variable][1]
    known = [default for default in variables()[variable] if default is not None]

    missing = [value for value in known if (value or "empty") not in [*literals(told), told]]

    assert missing == []


# --- commands and checks ------------------------------------------------------------------


def test_each_management_command_is_documented_and_no_other():
    own = {command for command, app in get_commands().items() if app in APPS}
    told = {literals(cells[0])[0].split()[0] for cells in rows(OPERATIONS, "Management commands")}

    assert told == own
    assert own != set()


def test_each_system_check_is_documented_and_no_other():
    pattern = re.compile(rf'"((?:{"|".join(APPS)})\.[EW]\d{{3}})"')
    sources = [
        path.read_text(encoding="utf-8") for app in APPS for path in ROOT.glob(f"{app}/**/*.py")
    ]
    raised = {found for source in sources for found in pattern.findall(source)}

    assert {literals(cells[0])[0] for cells in rows(OPERATIONS, "System checks")} == raised
    assert raised != set()


def test_make_targets_in_the_documents_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    told = {
        (name(path), target)
        for path in DOCUMENTS
        for target in re.findall(
            r"(?:`|^\$? ?)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE
        )
    }

    assert sorted((path, target) for path, target in told if target not in targets) == []
    assert {target for _, target in told} >= {"run", "admin", "test", "search-quality"}


# --- where everything is --------------------------------------------------------------------


def test_readme_names_every_folder_and_no_other():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split()
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name not in ignored
    }
    told = [literals(cells[0])[0] for cells in rows(ROOT / "README.md", "Where everything is")]

    assert sorted(path for path in told if not (ROOT / path).exists()) == []
    assert folders - {path.split("/")[0] for path in told} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_to_other_files_and_headings_resolve(path):
    text = CODE_BLOCK.sub("", path.read_text(encoding="utf-8"))
    targets = [m["target"] for m in LINK.finditer(text) if "://" not in m["target"]]

    assert [target for target in targets if not resolves(path, target)] == []


def resolves(path, target):
    file, _, anchor = target.partition("#")
    there = (path.parent / file).resolve() if file else path
    if not there.exists() or not there.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(there)


def anchors(path):
    """As code platforms make them from headings."""
    text = CODE_BLOCK.sub("", path.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_a_link_to_nothing_would_be_seen():
    readme = ROOT / "README.md"

    assert resolves(readme, "docs/operations.md#settings")
    assert [resolves(readme, wrong) for wrong in ("docs/none.md", "docs/operations.md#none")] == [
        False,
        False,
    ]


# --- decisions --------------------------------------------------------------------------------


def decisions():
    return sorted(path for path in ADR.glob("*.md") if path.name != "README.md")


def title(path):
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def test_each_decision_is_in_the_list_under_its_own_title():
    listed = [
        (match["target"], match["text"])
        for match in LINK.finditer((ADR / "README.md").read_text(encoding="utf-8"))
        if re.match(r"\d{4}-", match["target"])
    ]

    assert listed == [(path.name, title(path)) for path in decisions()]


def test_decisions_are_numbered_once_and_say_so_in_their_title():
    numbers = [path.name[:4] for path in decisions()]

    assert len(set(numbers)) == len(numbers)
    assert [title(path).split(" – ")[0] for path in decisions()] == numbers


@pytest.mark.parametrize("path", decisions(), ids=name)
def test_decision_has_its_four_parts(path):
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)

    assert headings[:4] == ["Context", "Decision", "Consequences", "Alternatives"]


def test_decisions_that_the_code_refers_to_exist():
    files = [
        *(path for app in APPS for path in ROOT.glob(f"{app}/**/*.py")),
        *(ROOT / file for file in ("requirements.txt", "pyproject.toml", "Makefile")),
    ]
    named = {
        (name(path), number)
        for path in files
        for number in re.findall(r"docs/adr/(\d{4})", path.read_text(encoding="utf-8"))
    }
    numbers = {path.name[:4] for path in decisions()}

    assert sorted((path, number) for path, number in named if number not in numbers) == []
    assert {number for _, number in named} >= {"0003", "0007"}
