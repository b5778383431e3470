import os
import time

import pytest

from parelkaart.mirror.folders import NotACopyError, successor


@pytest.fixture
def target(tmp_path):
    return tmp_path / "kopie"


def fill(target, text):
    with successor(target) as new:
        (new / "index.html").write_text(text)


def folders(target):
    return sorted(path.name for path in target.parent.iterdir() if not path.is_symlink())


def test_new_copy_takes_the_place_of_the_old_one(target):
    fill(target, "een")
    reader = (target / "index.html").open()

    with successor(target) as new:
        (new / "index.html").write_text("twee")
        assert (target / "index.html").read_text() == "een"

    assert (target / "index.html").read_text() == "twee"
    with reader:
        assert reader.read() == "een"


def test_copy_that_failed_leaves_the_old_one(target):
    fill(target, "een")
    before = folders(target)

    with pytest.raises(FileNotFoundError), successor(target) as new:
        (new / "er" / "is" / "geen map").write_text("half")

    assert (target / "index.html").read_text() == "een"
    assert folders(target) == before


def test_the_last_two_stay(target):
    for text in ("een", "twee", "drie", "vier"):
        fill(target, text)

    kept = [(target.parent / name / "index.html").read_text() for name in folders(target)]
    assert kept == ["drie", "vier"]


def test_web_server_may_read_it(target):
    fill(target, "een")

    assert target.stat().st_mode & 0o055 == 0o055


def test_folder_with_something_else_is_refused(target):
    target.mkdir()
    (target / "brief.txt").write_text("niet weggooien")

    with pytest.raises(NotACopyError), successor(target):
        pass

    assert (target / "brief.txt").read_text() == "niet weggooien"


def test_empty_folder_becomes_the_copy(target):
    target.mkdir()

    fill(target, "een")

    assert (target / "index.html").read_text() == "een"


def test_what_a_killed_run_left_goes_after_a_day(target):
    today, yesterday = (target.parent / f".kopie-{letter * 32}" for letter in "ab")
    for folder in (today, yesterday):
        folder.mkdir()
    before = time.time() - 25 * 3600
    os.utime(yesterday, (before, before))

    fill(target, "een")

    assert (today.exists(), yesterday.exists()) == (True, False)
