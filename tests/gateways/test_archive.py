"""The file store: kept under its digest, whole or not at all, never replaced."""

import threading

import pytest

from motcua.gateways import archive as archive_module
from motcua.gateways.archive import Archive, FileLost


def test_a_file_is_kept_under_its_digest_and_never_replaced(tmp_path):
    store = Archive(tmp_path / "files")
    digest = store.keep(b"one")
    path = store.path(digest)
    assert path.read_bytes() == b"one"
    before = path.stat().st_mtime_ns
    assert store.keep(b"one") == digest
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in path.parent.iterdir()] == [digest[2:]]
    for unknown in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(FileLost):
            store.path(unknown)


def test_a_process_killed_while_keeping_leaves_no_name(tmp_path, monkeypatch):
    store = Archive(tmp_path / "files")

    def power_cut(*_where):
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_module.os, "fsync", power_cut)
    with pytest.raises(KeyboardInterrupt):
        store.keep(b"half")
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_many_keep_the_same_file_at_once(tmp_path):
    store = Archive(tmp_path / "files")
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(store.keep(b"x" * 100_000))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert len([path for path in store.root.rglob("*") if path.is_file()]) == 1
