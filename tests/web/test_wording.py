"""What an officer is told when an act is refused."""

import ast
import inspect
from importlib import import_module
from pkgutil import walk_packages

import pytest

import motcua
from motcua.domain.pause import Pause, PauseImpossible
from motcua.domain.standing import ExtensionFlaw, ExtensionRefused
from motcua.gateways.accepted import FileRefused, Flaw
from motcua.web import wording
from motcua.web.wording import explain
from tests.world import MORNING

SHELVES = ("domain", "agencies", "applicants", "catalogue", "dossiers", "gateways")
# What no page has to explain in these words, and why.
NOT_EXPLAINED = {
    "ActionNotFolded": "only an act of later software in the books: `motcua verify` names it",
    "AnswerUnreadable": "the form that reads the answer says so beside its field",
    "BooksDoNotBalance": "only rows changed behind the program's back; `motcua verify` names them",
    "CardUnreadable": "the form that reads the card says so beside its field",
    "ConditionUnreadable": "the linter finds it before a process is published",
    "DateTooLate": "the form that reads the date says so beside its field",
    "DateUnreadable": "the form that reads the date says so beside its field",
    "DraftElsewhere": "the page of another officer's token is answered 404 before anything is kept",
    "HandedBackAlready": "the service asks first and raises PapersFetched, which says more",
    "HoursUnreadable": "hours come in through commands and migrations, which say so themselves",
    "IdentityUnreadable": "the form that reads the number says so beside its field",
    "LimitUnreadable": "limits come in through commands, which say so themselves",
    "NameUnreadable": "the form that reads the name says so beside its field",
    "PhoneUnreadable": "the form that reads the telephone says so beside its field",
    "ProcessFlawed": "a version whose steps are no road is refused when it is published",
    "SessionsOverlap": "hours come in through commands and migrations, which say so themselves",
    "Suspended": "nothing asks when a paused dossier is due before the pause is closed",
}


def named_problems():
    """Return the name of every exception these shelves have."""
    found = set()
    for shelf in SHELVES:
        package = import_module(f"motcua.{shelf}")
        for module in walk_packages(package.__path__, f"motcua.{shelf}."):
            if ".migrations" in module.name or ".management" in module.name:
                continue
            for name, one in inspect.getmembers(import_module(module.name), inspect.isclass):
                own = one.__module__.startswith(f"{motcua.__name__}.{shelf}.")
                if own and issubclass(one, Exception):
                    found.add(name)
    return found


def explained():
    """Return the names of the exceptions that have a sentence."""
    return {
        node.cls.id
        for matter in wording.MATTERS
        for node in ast.walk(ast.parse(inspect.getsource(matter.words)))
        if isinstance(node, ast.MatchClass)
    }


def test_every_named_problem_has_its_sentence_or_the_reason_why_it_needs_none():
    problems = named_problems()
    assert len(problems) > 30
    assert problems == explained() | NOT_EXPLAINED.keys()
    assert not explained() & NOT_EXPLAINED.keys()


def test_a_problem_without_a_sentence_is_an_error_of_ours():
    with pytest.raises(TypeError):
        explain(KeyError("x"))


def test_a_pause_that_would_end_as_it_begins_says_what_to_do():
    with pytest.raises(PauseImpossible) as told:
        Pause(start=MORNING, end=MORNING)
    said = explain(told.value)
    assert "thử lại sau một phút" in said and PauseImpossible in wording.REFUSALS


@pytest.mark.parametrize("flaw", list(ExtensionFlaw))
def test_a_refused_extension_says_why_and_what_to_do(flaw):
    said = explain(ExtensionRefused(flaw))
    assert said.startswith("Không gia hạn được: ") and said.endswith(".")
    assert said.count(". ") >= 1


@pytest.mark.parametrize("flaw", list(Flaw))
def test_a_refused_file_says_why_and_what_to_do(flaw):
    said = explain(FileRefused(flaw))
    assert said.startswith(("Tệp ", "Ảnh ", "Không mở được tệp", "Chưa mở được tệp"))
    assert said.endswith(".")
    assert said.count(". ") >= 1
