"""Checks the house rules that no linter knows, on the modules of archive/: `house.py [folder]`.

Each line of the answer names the file and line, the rule, and the way out. Modules are only
parsed, never imported, so the check needs neither a database nor settings.
"""

import ast
import sys
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP = "archive"
# Django finds these by their names, so every module may have its own.
SHARED_CLASS_NAMES = {"Meta", "Command", "Migration"}
LONG_LINES = 600
LONG_REASON = "# Long because "
# Fewer words than this are no reason.
REASON_WORDS = 3


@dataclass(frozen=True, order=True)
class Violation:
    """A broken rule, at a line of a file."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


@dataclass(frozen=True)
class Module:
    """A parsed source file and its dotted name; a package goes by its folder's name."""

    name: str
    path: str
    source: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.endswith("/__init__.py")


def main(arguments: list[str]) -> int:
    """The exit code is 1 when a rule is broken."""
    violations = check(Path(arguments[0]) if arguments else ROOT)
    for violation in violations:
        print(violation)
    if violations:
        counts = ", ".join(f"{number} {rule}" for rule, number in tally(violations).items())
        print(f"House rules: {len(violations)} broken ({counts}).")
    else:
        print("The house rules are kept.")
    return 1 if violations else 0


def tally(violations: Iterable[Violation]) -> dict[str, int]:
    """How many violations there are of each rule."""
    counts: dict[str, int] = defaultdict(int)
    for violation in violations:
        counts[violation.rule] += 1
    return dict(sorted(counts.items()))


def check(root: Path) -> list[Violation]:
    """Everything that breaks a rule in the app under `root`, in the order of the files."""
    modules = load(root)
    found = [violation for rule in RULES for violation in rule(modules)]
    return sorted(found)


def load(root: Path) -> list[Module]:
    """Every module of the app but its migrations."""
    modules = []
    for path in sorted((root / APP).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "migrations" in parts:
            continue
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source, str(path))
        modules.append(Module(name, path.relative_to(root).as_posix(), source, tree))
    return modules


# The rules


def unique_class_names(modules: list[Module]) -> Iterator[Violation]:
    """No two public classes of one name."""
    homes: dict[str, list[tuple[Module, ast.ClassDef]]] = defaultdict(list)
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append((module, node))
    for name, classes in homes.items():
        if name in SHARED_CLASS_NAMES:
            continue
        for module, node in classes[1:]:
            first = classes[0][0].path
            yield Violation(
                module.path,
                node.lineno,
                "class name",
                f"{name} is also a class of {first}; name one of them after what sets it apart.",
            )


def explained_inner_imports(modules: list[Module]) -> Iterator[Violation]:
    """No import inside a function without a comment above it that says why."""
    for module in modules:
        lines = module.source.splitlines()
        # A function inside a function is walked twice.
        inner = {
            node.lineno
            for function in ast.walk(module.tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        }
        starts = import_starts(module.tree)
        for line in sorted(inner):
            if not has_reason_above(lines, starts[line]):
                yield Violation(
                    module.path,
                    line,
                    "inner import",
                    "an import inside a function; move it to the top of the module, or say in a "
                    "comment on the line above why it can't stand there.",
                )


def import_starts(tree: ast.Module) -> dict[int, int]:
    """By an import's line, the line of the first import of its group: they share a comment."""
    starts: dict[int, int] = {}
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if not isinstance(block, list):
                continue
            before: ast.stmt | None = None
            for statement in block:
                if isinstance(statement, ast.Import | ast.ImportFrom):
                    follows = before is not None and before.end_lineno == statement.lineno - 1
                    start = starts[before.lineno] if before and follows else statement.lineno
                    starts[statement.lineno] = start
                    before = statement
                else:
                    before = None
    return starts


def has_reason_above(lines: list[str], number: int) -> bool:
    """Whether a comment of some words ends right above a line; lines are counted from 1."""
    words: list[str] = []
    for line in reversed([line.strip() for line in lines[: number - 1]]):
        if not line.startswith("#"):
            break
        if not line.startswith(("# noqa", "# type:")):
            words += line.lstrip("# ").split()
    return len(words) >= REASON_WORDS


def long_modules_say_why(modules: list[Module]) -> Iterator[Violation]:
    """No module of more than `LONG_LINES` lines without a reason in it."""
    for module in modules:
        lines = module.source.splitlines()
        reasons = [line.strip() for line in lines if line.strip().startswith(LONG_REASON)]
        is_explained = any(len(r[len(LONG_REASON) :].split()) >= REASON_WORDS for r in reasons)
        if len(lines) > LONG_LINES and not is_explained:
            yield Violation(
                module.path,
                LONG_LINES + 1,
                "long module",
                f"{len(lines)} lines; cut it by meaning, or begin a comment in it with "
                f"`{LONG_REASON.strip()}` and give the reason.",
            )


def no_circles(modules: list[Module]) -> Iterator[Violation]:
    """No modules that import each other in a circle, inside a function or not."""
    imports = import_graph(modules)
    by_name = {module.name: module for module in modules}
    for group in circles(imports):
        start = min(group)
        way = shortest_way_round(start, imports, group)
        others = len(group) - len(way) + 1
        rest = f" ({others} more modules hang on it)" if others else ""
        yield Violation(
            by_name[start].path,
            imports[start][way[1]],
            "import circle",
            f"{' → '.join(way)}{rest}; move what both need into a module below them, or hand it "
            "over as an argument.",
        )


RULES = (
    unique_class_names,
    explained_inner_imports,
    long_modules_say_why,
    no_circles,
)


# The graph of imports


def import_graph(modules: list[Module]) -> dict[str, dict[str, int]]:
    """By module, the modules of the app that it imports at run time, each with its line."""
    names = {module.name for module in modules}
    graph: dict[str, dict[str, int]] = {}
    for module in modules:
        targets: dict[str, int] = {}
        for target, line in run_time_imports(module, module.tree):
            while target not in names and "." in target:
                # A name of a module's, not a module.
                target = target.rpartition(".")[0]
            if target in names and target != module.name:
                targets.setdefault(target, line)
        graph[module.name] = targets
    return graph


def run_time_imports(module: Module, node: ast.AST) -> Iterator[tuple[str, int]]:
    """Dotted names and lines; what only type checkers import is left out."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        for statement in node.orelse:
            yield from run_time_imports(module, statement)
    elif isinstance(node, ast.Import):
        yield from ((alias.name, node.lineno) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = import_source(module, node)
        yield from ((f"{source}.{alias.name}", node.lineno) for alias in node.names)
    else:
        for child in ast.iter_child_nodes(node):
            yield from run_time_imports(module, child)


def import_source(module: Module, node: ast.ImportFrom) -> str:
    """Where the names come from; a relative import is counted from the module's package."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    package = parts if module.is_package else parts[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def circles(graph: dict[str, dict[str, int]]) -> list[set[str]]:
    """Groups of modules each of which reaches all others of its group."""
    reached = {name: reachable(name, graph) for name in graph}
    groups: list[set[str]] = []
    done: set[str] = set()
    for name in sorted(graph):
        if name in reached[name] and name not in done:
            group = {other for other in reached[name] if name in reached[other]}
            groups.append(group)
            done |= group
    return groups


def reachable(start: str, graph: dict[str, dict[str, int]]) -> set[str]:
    """Every module that `start` imports, however indirectly."""
    seen: set[str] = set()
    waiting = deque(graph[start])
    while waiting:
        name = waiting.popleft()
        if name not in seen:
            seen.add(name)
            waiting.extend(graph[name])
    return seen


def shortest_way_round(start: str, graph: dict[str, dict[str, int]], group: set[str]) -> list[str]:
    """From `start` back to itself, within its group."""
    ways = deque([[start]])
    seen: set[str] = set()
    while ways:
        way = ways.popleft()
        for name in sorted(graph[way[-1]]):
            if name == start:
                return [*way, start]
            if name in group and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    raise ValueError(f"{start} is in no circle.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
