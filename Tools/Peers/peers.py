#!/usr/bin/env python3
"""Lets other mergers merge the cases that ours merges, so that one judge judges, and one clock times, all of them.

    peers.py [--jobs N] [--only NAME]…
                           reads cases from standard input, writes outcomes to standard output, in the same order
    peers.py --versions    names the mergers that are here, one a line: name, then version

A case is a line of JSON: {"id", "form": "json" or "text", "base", "ours", "theirs"}, the last three being contents of
files. For every case and every merger of its form a line comes back: {"peer", "id", "clean", "result", "seconds"},
and "error" where the merger refused or crashed. A merger whose package is missing is named on standard error.

automerge, Yjs and Loro are made for keystrokes. Here they get what a file gives: each side's state, turned into
operations by comparing it with the base. They know no conflicts, so what they merge always counts as clean.

Seconds go from the three contents to the merged one. What a team has at hand before it merges does not count: git's
files, and the document of automerge, Yjs or Loro that holds the base. Finding out what a side changed does count.
"""
from __future__ import annotations

import argparse
import collections
import contextlib
import difflib
import faulthandler
import importlib.metadata
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Callable, ContextManager, Iterator, NamedTuple, Optional, Union

LIMIT = 20  # Seconds of processor time a merger has for a case, so that a busy computer changes no result.
BASE, OURS, THEIRS = 1, 2, 3  # Fixed names of the writers: ties between them are broken by name.


class Case(NamedTuple):
    id: str
    form: str
    base: str
    ours: str
    theirs: str


class Outcome(NamedTuple):
    clean: bool
    result: Optional[str]
    seconds: float


# --- JSON -------------------------------------------------------------------------------------------------------

# Numbers are kept as the bytes they were written with, since the judge compares them so.
Tree = Union[dict, list, str, bytes, bool, None]
Key = Union[str, int]


def parse(content: str) -> Tree:
    return json.loads(content, parse_int=str.encode, parse_float=str.encode)


def write(tree: Tree) -> str:
    """The text of a value, keys sorted: the order of keys says nothing, and some mergers do not keep it."""
    if isinstance(tree, (bytes, bytearray)):
        return tree.decode()
    if isinstance(tree, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{write(tree[key])}" for key in sorted(tree)) + "}"
    if isinstance(tree, list):
        return "[" + ",".join(map(write, tree)) + "]"
    return json.dumps(tree)


# --- git and nbdime ---------------------------------------------------------------------------------------------


def merge_with_git(case: Case) -> Outcome:
    # Nobody's own settings.
    environment = dict(os.environ, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL=os.devnull, LC_ALL="C")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("base", "ours", "theirs"):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(getattr(case, name).encode())
        command = ["git", "merge-file", "-p", "--diff3", "ours", "base", "theirs"]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
        seconds = time.perf_counter() - start
    # Up to 127 it is the number of conflicts.
    if not 0 <= done.returncode <= 127:
        raise RuntimeError(done.stderr.decode(errors="replace").strip())
    return Outcome(done.returncode == 0, done.stdout.decode(), seconds)


def merge_with_nbdime(case: Case) -> Outcome:
    from nbdime.merging.decisions import apply_decisions
    from nbdime.merging.generic import decide_merge

    start = time.perf_counter()
    base = parse(case.base)
    decisions = decide_merge(base, parse(case.ours), parse(case.theirs))
    result = write(apply_decisions(base, decisions))
    seconds = time.perf_counter() - start
    return Outcome(not any(decision.conflict for decision in decisions), result, seconds)


# --- What a side changed, as operations -------------------------------------------------------------------------


def state(case: Case, content: str) -> Tree:
    """A content as nested maps, lists, texts (str) and scalars (bytes, written as in JSON)."""

    def convert(tree: Tree) -> Tree:
        if isinstance(tree, dict):
            return {key: convert(value) for key, value in tree.items()}
        if isinstance(tree, list):
            return [*map(convert, tree)]
        if isinstance(tree, bytes) or isinstance(tree, str) and re.search(r"\s", tree):
            return tree
        return json.dumps(tree).encode()

    return convert(parse(content)) if case.form == "json" else content


def is_string(tree: Tree) -> bool:
    return isinstance(tree, str) or isinstance(tree, bytes) and tree.startswith(b'"')


class Replica:
    """A copy of a document in a library. A place is what the library hands out for a map, a list or a text in it.

    The document is a map with one key, so that it can be anything. A library has, besides `root`:
    `fork(writer)`, `absorb(other)`, `transaction()`, `read()`, `child(place, key)`, `delete(place, key)`,
    `put(place, key, new, inserting)`, which puts a scalar, or an empty container of a type, whose place it returns,
    `edit(text, before, after)`, and `move(list, from, to)` if it can move elements of lists.
    """

    moves = False

    @classmethod
    def merge(cls, case: Case) -> Outcome:
        base = state(case, case.base)
        merged = cls(BASE)
        with merged.transaction():
            merged.set(merged.root, "document", base)
        start = time.perf_counter()
        sides = [merged.fork(OURS), merged.fork(THEIRS)]
        for side, content in zip(sides, (case.ours, case.theirs)):
            with side.transaction():
                side.update(side.root, "document", base, state(case, content))
        for side in sides:
            merged.absorb(side)
        tree = merged.read()
        result = write(tree) if case.form == "json" else str(tree)
        return Outcome(True, result, time.perf_counter() - start)

    def set(self, place: Any, key: Key, value: Tree, inserting: bool = False) -> None:
        if isinstance(value, bytes):
            self.put(place, key, value, inserting)
        else:
            kind = type(value)
            self.update_inside(self.put(place, key, kind, inserting), kind(), value)

    def update(self, place: Any, key: Key, before: Tree, after: Tree) -> None:
        """Brings what stands under a key from one state to another."""
        if isinstance(before, str) and isinstance(after, bytes) and is_string(after):
            after = json.loads(after)  # A text stays one, also without white space.
        if before == after:
            return
        if type(before) is not type(after) or isinstance(after, bytes):
            self.set(place, key, after)
        else:
            self.update_inside(self.child(place, key), before, after)

    def update_inside(self, place: Any, before: Tree, after: Tree) -> None:
        if isinstance(after, str):
            self.edit(place, before, after)
        elif isinstance(after, dict):
            self.update_map(place, before, after)
        else:
            self.update_list(place, before, after)

    def update_map(self, place: Any, before: dict, after: dict) -> None:
        for key in before:
            if key not in after:
                self.delete(place, key)
        for key, value in after.items():
            if key in before:
                self.update(place, key, before[key], value)
            else:
                self.set(place, key, value)

    def update_list(self, place: Any, before: list, after: list) -> None:
        staying, moving = origins(before, after)
        kept = {**staying, **moving} if self.moves else staying
        # The list on its way from one state to the other, as indices into the former.
        now: list = list(range(len(before)))
        for index in sorted(set(now) - set(kept.values()), reverse=True):
            self.delete(place, index)
            del now[index]
        target = 0
        for index, value in enumerate(after):
            if index in staying:
                target = now.index(staying[index])
            elif index in kept:
                start = now.index(kept[index])
                target -= start < target
                self.move(place, start, target)
                now.insert(target, now.pop(start))
            else:
                self.set(place, target, value, inserting=True)
                now.insert(target, None)
            target += 1
        for index, origin in kept.items():
            self.update(place, index, before[origin], after[index])


def origins(before: list, after: list) -> tuple[dict[int, int], dict[int, int]]:
    """Where elements of a list were before: those that stay in their order, and those that moved.

    Elements that all have an id of their own are known by it; others by being equal, or, where as many stand between
    equal ones on both sides, by being like each other.
    """
    ids = [list_of_ids(before), list_of_ids(after)]
    by_id = None not in ids
    keys = ids if by_id else [[*map(write, before)], [*map(write, after)]]
    staying = {}
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        pairs = dict(zip(range(j1, j2), range(i1, i2)))
        same_length = not by_id and i2 - i1 == j2 - j1
        if kind == "equal" or same_length and all(is_edited(before[i], after[j]) for j, i in pairs.items()):
            staying.update(pairs)
    places = {key: i for i, key in enumerate(keys[0])} if by_id else {}
    moving = {j: places[key] for j, key in enumerate(keys[1]) if j not in staying and key in places}
    return staying, moving


def list_of_ids(elements: list) -> Optional[list]:
    """The ids of a list whose elements are objects with an id of their own that is a string."""
    ids = [element.get("id") if isinstance(element, dict) else None for element in elements]
    return ids if all(map(is_string, ids)) and len(set(ids)) == len(ids) else None


def is_edited(before: Tree, after: Tree) -> bool:
    """Whether it may be the same element of a list, edited; an object that shares nothing is another one."""
    if isinstance(before, dict) and isinstance(after, dict):
        return any(after.get(key) == value for key, value in before.items())
    return type(before) is type(after)


def lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def edits(before: str, after: str, offset: int = 0, splits: tuple = (lines, words)) -> Iterator[tuple[int, int, str]]:
    """Start, end and replacement of what was changed in a text, character by character, in ascending order.

    Comparing characters takes the square of their number, so in longer texts lines are compared first, then words, as
    those do who feed the texts of an editor to such libraries.
    """
    is_long = len(before) * len(after) > 1_000_000
    if is_long and not splits:
        yield offset, offset + len(before), after
        return
    a, b = (splits[0](before), splits[0](after)) if is_long else (before, after)
    starts = [0]
    for piece in a:
        starts.append(starts[-1] + len(piece))
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=is_long).get_opcodes():
        start, end, new = starts[i1], starts[i2], "".join(b[j1:j2])
        if kind == "replace" and is_long:
            yield from edits(before[start:end], new, offset + start, splits[1:])
        elif kind != "equal":
            yield offset + start, offset + end, new


def rewritten(before: str, after: str) -> int:
    """How many characters there are in words that only one of two texts has."""
    for split in lines, words:
        old, new = collections.Counter(split(before)), collections.Counter(split(after))
        before, after = "".join((old - new).elements()), "".join((new - old).elements())
    return len(before) + len(after)


# --- automerge, Yjs, Loro ---------------------------------------------------------------------------------------


class Automerge(Replica):
    """Its Python package has no `update_text`, nor a way to insert more than one character at once."""

    def __init__(self, writer: int, document: Any = None) -> None:
        from automerge.core import ROOT, Document, ObjType, ScalarType

        self.document, self.root = document or Document(), ROOT
        self.document.set_actor(writer.to_bytes(16, "big"))
        self.types = {dict: ObjType.Map, list: ObjType.List, str: ObjType.Text}
        self.string = ScalarType.Str

    def fork(self, writer: int) -> Automerge:
        return Automerge(writer, self.document.fork())

    def absorb(self, other: Automerge) -> None:
        self.document.merge(other.document)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        with self.document.transaction() as self.now:
            yield

    def read(self) -> Tree:
        return self.tree(*self.document.get(self.root, "document"))

    def tree(self, kind: Any, place: bytes) -> Tree:
        if kind == self.types[str]:
            return self.document.text(place)
        if kind == self.types[list]:
            return [self.tree(*element) for element in self.document.values(place)]
        if kind == self.types[dict]:
            members = zip(self.document.keys(place), self.document.values(place))
            return {key: self.tree(*member) for key, member in members}
        return kind[1].encode()  # A scalar stands where otherwise the kind of container does.

    def child(self, place: bytes, key: Key) -> bytes:
        return self.now.get(place, key)[1]

    def put(self, place: bytes, key: Key, new: Union[bytes, type], inserting: bool) -> Optional[bytes]:
        now = self.now
        if isinstance(new, bytes):
            return (now.insert if inserting else now.put)(place, key, self.string, new.decode())
        return (now.insert_object if inserting else now.put_object)(place, key, self.types[new])

    def delete(self, place: bytes, key: Key) -> None:
        self.now.delete(place, key)

    def edit(self, text: bytes, before: str, after: str) -> None:
        for start, end, new in reversed([*edits(before, after)]):
            for _ in range(start, end):
                self.now.delete(text, start)
            for index, character in enumerate(new, start):
                self.now.insert(text, index, self.string, character)


class Yjs(Replica):
    """As pycrdt, which is its port to Rust for Python."""

    def __init__(self, writer: int, update: Optional[bytes] = None) -> None:
        from pycrdt import Array, Doc, Map, Text

        self.document = Doc(client_id=writer)
        if update is not None:
            self.document.apply_update(update)
        self.root = self.document.get("root", type=Map)
        self.types = {dict: Map, list: Array, str: Text}

    def fork(self, writer: int) -> Yjs:
        return Yjs(writer, self.document.get_update())

    def absorb(self, other: Yjs) -> None:
        self.document.apply_update(other.document.get_update(self.document.get_state()))

    def transaction(self) -> ContextManager:
        return self.document.transaction()

    def read(self) -> Tree:
        return self.root.to_py()["document"]

    def child(self, place: Any, key: Key) -> Any:
        return place[key]

    def put(self, place: Any, key: Key, new: Union[bytes, type], inserting: bool) -> Any:
        value = new if isinstance(new, bytes) else self.types[new]()
        if inserting:
            place.insert(key, value)
        else:
            place[key] = value
        return value

    def delete(self, place: Any, key: Key) -> None:
        del place[key]

    def edit(self, text: Any, before: str, after: str) -> None:
        for start, end, new in reversed([*edits(before, after)]):
            # Places are counted in UTF-8.
            first = len(before[:start].encode())
            del text[first:first + len(before[start:end].encode())]
            if new:
                text.insert(first, new)


class Loro(Replica):
    moves = True

    def __init__(self, writer: int, document: Any = None) -> None:
        import loro

        self.document = document or loro.LoroDoc()
        self.document.peer_id = writer
        self.root = self.document.get_map("root")
        self.types = {dict: loro.LoroMap, list: loro.LoroMovableList, str: loro.LoroText}
        self.snapshot = loro.ExportMode.Snapshot()

    def fork(self, writer: int) -> Loro:
        return Loro(writer, self.document.fork())

    def absorb(self, other: Loro) -> None:
        self.document.import_(other.document.export(self.snapshot))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        yield
        self.document.commit()

    def read(self) -> Tree:
        return self.root.get_deep_value()["document"]

    def child(self, place: Any, key: Key) -> Any:
        return place.get(key).container

    def put(self, place: Any, key: Key, new: Union[bytes, type], inserting: bool) -> Any:
        replacing = isinstance(key, int) and not inserting  # A map knows inserting only.
        if isinstance(new, bytes):
            return (place.set if replacing else place.insert)(key, new)
        return (place.set_container if replacing else place.insert_container)(key, self.types[new]())

    def delete(self, place: Any, key: Key) -> None:
        place.delete(*((key,) if isinstance(key, str) else (key, 1)))

    def move(self, place: Any, start: int, end: int) -> None:
        place.mov(start, end)

    def edit(self, text: Any, before: str, after: str) -> None:
        # Its own comparison takes minutes where much was rewritten. The time limit it offers would make the result
        # depend on the computer.
        if before and rewritten(before, after) > 3_000:
            for start, end, new in reversed([*edits(before, after)]):
                text.delete(start, end - start)
                text.insert(start, new)
        else:
            text.update(after)


# --- Running them -----------------------------------------------------------------------------------------------


class Peer(NamedTuple):
    forms: tuple[str, ...]
    package: Optional[str]  # Of Python; git is a program.
    merge: Callable[[Case], Outcome]


PEERS = {
    "git": Peer(("json", "text"), None, merge_with_git),
    "nbdime": Peer(("json",), "nbdime", merge_with_nbdime),
    "automerge": Peer(("json", "text"), "automerge", Automerge.merge),
    "Yjs": Peer(("json", "text"), "pycrdt", Yjs.merge),
    "Loro": Peer(("json", "text"), "loro", Loro.merge),
}


def version(name: str) -> str:
    package = PEERS[name].package
    if package is None:
        return subprocess.run(["git", "--version"], capture_output=True, check=True, text=True).stdout.split()[2]
    importlib.import_module(package)
    found = importlib.metadata.version(package)
    return found if package == name.lower() else f"({package} {found})"


class TimeLimit(BaseException):
    """Not an Exception, which a library might catch."""


def stop(*_: Any) -> None:
    raise TimeLimit("time limit")


def run(name: str, case: Case) -> dict:
    """What a merger makes of a case, as the line that is written."""
    start = time.perf_counter()
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    # Python hears the signal only once a library returns; one that never does takes its process with it.
    faulthandler.dump_traceback_later(20 * LIMIT, exit=True)
    try:
        return {"peer": name, "id": case.id, **PEERS[name].merge(case)._asdict()}
    except BaseException as trouble:  # Neither is a panic in Rust an Exception.
        error = str(trouble) if isinstance(trouble, TimeLimit) else f"{type(trouble).__name__}: {trouble}"
        return failure(name, case, time.perf_counter() - start, error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()


def failure(name: str, case: Case, seconds: float, error: str) -> dict:
    return {"peer": name, "id": case.id, **Outcome(False, None, seconds)._asdict(), "error": error[:300]}


def workers(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=end_with_parent)


def end_with_parent() -> None:
    """Whoever ends this program, however, ends its workers too."""

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def answer(future: Future, name: str, case: Case) -> dict:
    with contextlib.suppress(BrokenProcessPool):
        return future.result()
    # A process ended, and all that waited was lost with it. Each runs again, alone, which shows which one it was.
    with workers(1) as alone:
        try:
            return alone.submit(run, name, case).result()
        except BrokenProcessPool:
            return failure(name, case, 0, "its process ended")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--versions", action="store_true")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--only", action="append", choices=PEERS, metavar="NAME")
    options = parser.parse_args()

    here = {}
    for name in options.only or PEERS:
        try:
            here[name] = version(name)
        except (ImportError, OSError, subprocess.CalledProcessError) as trouble:
            print(f"peers.py: without {name}: {trouble}", file=sys.stderr)
    if options.versions:
        for name, number in here.items():
            print(name, number)
        return

    pool = workers(options.jobs)
    waiting: collections.deque = collections.deque()
    for text in sys.stdin.buffer:
        case = Case(**json.loads(text))
        for name in (name for name in here if case.form in PEERS[name].forms):
            try:
                future = pool.submit(run, name, case)
            except BrokenProcessPool:
                pool = workers(options.jobs)
                future = pool.submit(run, name, case)
            waiting.append((future, name, case))
        # Some ahead, so that nobody is idle, but not all, which would be held in memory.
        while len(waiting) > 20 * options.jobs:
            print(json.dumps(answer(*waiting.popleft())), flush=True)
    for job in waiting:
        print(json.dumps(answer(*job)), flush=True)
    pool.shutdown()


if __name__ == "__main__":
    main()
