"""The names the code defines, read from its text."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "motcua"


def sources():
    """Return each module of the program with its parsed text, migrations left out."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def members(node):
    """Return what a module or class defines at its own level."""
    found = set()
    for statement in node.body:
        if isinstance(statement, ast.ClassDef | ast.FunctionDef):
            found.add(statement.name)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found.add(statement.target.id)
        elif isinstance(statement, ast.Assign):
            found.update(target.id for target in statement.targets if isinstance(target, ast.Name))
    return found


def defined():
    """Return every defined name; what a class defines also as `Class.name`."""
    found = {PACKAGE.name}
    for tree in sources().values():
        found |= members(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                inner = members(node)
                found |= inner | {f"{node.name}.{name}" for name in inner}
    return found
