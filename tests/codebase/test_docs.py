"""What the documents say is what the code does."""

import ast
import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from motcua import cli, due
from motcua.domain.dossier import CLOCK, NATIONAL_CODE, TRANSITIONS, State
from motcua.dossiers.labels import STATE_LABELS
from motcua.dossiers.services import ledger
from motcua.web.management.commands import serve

ROOT = Path(__file__).parents[2]


def test_the_state_diagram_is_the_table():
    drawn = re.findall(
        r"^    (\S+) --> (\S+): (\S+)$", (ROOT / "docs/dossier-states.md").read_text(), re.M
    )
    table = [(was or "[*]", now, action) for (was, action), now in TRANSITIONS.items()]
    assert drawn == table


def test_the_table_of_states_is_the_code():
    rows = re.findall(
        r"^\| (\w+) \| (.+?) \| (\d+) \| ([\w ]+) \|$",
        (ROOT / "docs/dossier-states.md").read_text(),
        re.M,
    )
    assert rows == [
        (state, STATE_LABELS[state], str(NATIONAL_CODE[state]), CLOCK[state].replace("_", " "))
        for state in State
    ]


def test_every_file_of_the_code_map_exists():
    named = re.findall(r"`((?:\w+/)*\w+\.py)`", (ROOT / "ARCHITECTURE.md").read_text())
    lost = [name for name in named if not list((ROOT / "motcua").rglob(name))]
    assert named and lost == []


def test_systemd_waits_as_long_as_a_worker_may_take():
    [waits] = re.findall(r"TimeoutStopSec=(\d+)", (ROOT / "docs/operations.vi.md").read_text())
    assert int(waits) > serve.LONGEST_STOP


def test_the_settings_name_every_variable_they_read():
    text = (ROOT / "motcua/config/settings.py").read_text()
    read = set(re.findall(r'environ\.get\(\s*"(\w+)"', text))
    assert read and read <= set(
        re.findall(r"^([A-Z_]+)  ", ast.get_docstring(ast.parse(text)), re.M)
    )


def test_the_locks_name_no_address():
    for lock in ROOT.glob("requirements*.txt"):
        assert "://" not in lock.read_text()


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
# A word after the command's name: what follows may be a comment, another command or a redirection.
ENDS = re.compile(r"\s+(?:#|\|\|?|&&|\d?>)|[`)]|\s*$")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    named = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    lost = [link for link in named if not (page.parent / link).exists()]
    assert lost == []


def typed_in_documents():
    """Yield each command line of a code block: the page's name, and its words."""
    for page in PAGES:
        for block in re.findall(r"^```\w*\n(.*?)^```", page.read_text(), re.M | re.S):
            for line in block.splitlines():
                for command in re.findall(r"(?:^|[ /(])((?:motcua|make) [a-z].*)", line):
                    words = ENDS.split(command, maxsplit=1)[0]
                    yield pytest.param(shlex.split(words), id=f"{page.name}: {words}")


@pytest.mark.parametrize("words", list(typed_in_documents()))
def test_every_command_line_of_the_documents_can_be_typed(words):
    program, name, *rest = words
    if program == "make":
        targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M)
        assert {word for word in (name, *rest) if "=" not in word} <= set(targets)
    elif name == "due":
        due.parser().parse_args(rest)
    else:
        assert name in cli.COMMANDS
        command = load_command_class(get_commands()[name], name)
        cli.parser_of(name, command).parse_args(rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_in_a_sentence_exists(page):
    named = re.findall(r"`(?:[\w./]*/)?motcua ([a-z]+)", page.read_text())
    assert [name for name in named if name not in cli.COMMANDS] == []


def writes_events(tree):
    """Yield the lines that write an event or a dossier's state in their own way."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="DossierEvent" | "write_rows")):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr="DossierEvent" | "write_rows")):
                yield node.lineno
            case ast.Call(func=ast.Attribute(value=manager, attr=written)) if (
                written in WRITING and EVENTS.search(ast.unparse(manager))
            ):
                yield node.lineno
            case ast.Assign(targets=targets):
                yield from (node.lineno for target in targets if moves(target))
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target) if moves(target):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr="update"), keywords=given) if any(
                each.arg in ledger.REPEATED for each in given
            ):
                yield node.lineno


WRITING = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "delete"}
EVENTS = re.compile(r"\bDossierEvent\b|\.events\b")


def moves(target):
    """Whether the target of an assignment is a dossier's state."""
    match target:
        case ast.Attribute(value=ast.Name(id=name), attr="state"):
            return "dossier" in name
        case ast.Attribute(value=ast.Attribute(attr=name), attr="state"):
            return "dossier" in name
    return False


@pytest.mark.parametrize(
    "line",
    [
        "DossierEvent(dossier=dossier)",
        "models.DossierEvent()",
        "DossierEvent.objects.create(dossier=dossier)",
        "DossierEvent.objects.bulk_create([])",
        "DossierEvent.objects.filter(pk=1).update(note='')",
        "dossier.events.create(action='take')",
        "dossier.state = 'returned'",
        "self.dossier.state = 'returned'",
        "Dossier.objects.filter(pk=1).update(state='returned')",
        "write_rows(DossierEvent, (), [])",
    ],
)
def test_every_way_around_the_ledger_is_seen(line):
    assert list(writes_events(ast.parse(line))) == [1]


def test_only_the_ledger_writes_events():
    culprits = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in (ROOT / "motcua").rglob("*.py")
        if path.name not in ("ledger.py", "door.py", "together.py")
        for line in writes_events(ast.parse(path.read_text()))
    ]
    assert culprits == []
