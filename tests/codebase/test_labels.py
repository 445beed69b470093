"""Every code a person may see has its Vietnamese words, and every rule its Vietnamese name."""

import ast
import re

import pytest

from motcua.agencies import labels as agencies
from motcua.domain import reasons, spoken
from motcua.domain.checklist import Mark
from motcua.domain.dossier import Action, State
from motcua.domain.explanation import Rule
from motcua.domain.limit import Ends, Unit
from motcua.domain.process import Role
from motcua.dossiers import labels as dossiers
from tests.codebase.names import sources

VIETNAMESE = re.compile(r"[À-ỹ]")
TABLES = [
    (dossiers.STATE_LABELS, State),
    (dossiers.ACTION_LABELS, Action),
    (dossiers.MARK_LABELS, Mark),
    (agencies.ROLE_LABELS, Role),
    (agencies.ENDS_LABELS, Ends),
    (reasons.RULE_WORDS, Rule),
    (reasons.BRIEF_RULE_WORDS, Rule),
    (spoken.UNIT_WORDS, set(Unit) - {Unit.SAME_DAY}),  # has no amount: spoken.limit says it
]


@pytest.mark.parametrize(("labels", "codes"), TABLES, ids=lambda value: "")
def test_every_code_has_its_words(labels, codes):
    assert set(labels) == {str(code) for code in codes}
    assert all(words.strip() for words in labels.values())


@pytest.mark.parametrize("module", [dossiers, agencies], ids=lambda module: module.__name__)
def test_labels_begin_with_a_capital_and_no_two_codes_share_one(module):
    for name, table in vars(module).items():
        if name.endswith("_LABELS"):
            words = list(table.values())
            assert len(words) == len(set(words)), name
            assert all(label[0].isupper() for label in words), name


def test_every_value_of_the_domain_and_every_model_names_its_vietnamese_term():
    nameless = [
        f"{path.name}: {node.name}"
        for path, tree in sources().items()
        if path.parent.name == "domain" or "models" in (path.stem, path.parent.name)
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        if not _is_error(node) and not VIETNAMESE.search(_term(node))
    ]
    assert nameless == []


def _term(node):
    return re.split(r"[:.\n]", ast.get_docstring(node) or "")[0]


def _is_error(node):
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    return bool(bases & {"Exception", "ValueError"})
