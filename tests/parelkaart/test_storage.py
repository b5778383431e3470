import gzip
import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from parelkaart.storage import UNFINISHED, SiteStorage, UploadStorage

SHEET = "parelkaart/site.css"
OURS = Path(__file__).parents[2] / "parelkaart" / "static"


@pytest.fixture
def storage(settings, tmp_path):
    """The static files of the project alone, as an installation gets them."""
    settings.STATIC_ROOT = str(tmp_path / "collected")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [str(OURS)]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "parelkaart.storage.SiteStorage"}
    }
    return collected()


def collected():
    call_command("collectstatic", interactive=False, verbosity=0)
    return SiteStorage()


def source(name):
    return (OURS / name).read_text(encoding="utf-8")


def read(storage, name):
    with storage.open(name) as file:
        return file.read().decode()


def plain(storage):
    return SHEET


def hashed(storage):
    return storage.stored_name(SHEET)


@pytest.mark.parametrize("name", [plain, hashed])
def test_tokens_stand_in_the_sheet_that_begins_with_them(name, storage):
    sheet = read(storage, name(storage))

    assert "@import" not in sheet
    assert sheet.index(source("parelkaart/tokens.css")) < sheet.index("box-sizing")


def test_what_a_browser_gets_compressed_is_that_sheet(storage):
    packed = Path(storage.path(f"{hashed(storage)}.gz")).read_bytes()

    assert source("parelkaart/tokens.css") in gzip.decompress(packed).decode()
    assert storage.exists(f"{hashed(storage)}.br")


def test_other_sheets_are_as_they_were(storage):
    assert read(storage, "parelkaart/admin.css") == source("parelkaart/admin.css")


def test_changed_tokens_reach_the_sheet_at_the_next_time(storage, settings, tmp_path):
    """Although the sheet itself did not change, and stands there from the time before."""
    name = hashed(storage)
    changed = tmp_path / "own"
    (changed / "parelkaart").mkdir(parents=True)
    (changed / "parelkaart/tokens.css").write_text(":root { --pk-space-1: 1rem; }\n", "utf-8")
    settings.STATICFILES_DIRS = [str(changed), str(OURS)]
    again = collected()

    assert hashed(again) != name
    assert re.findall(r"--pk-space-1:.*", read(again, SHEET)) == ["--pk-space-1: 1rem; }"]


# --- uploads --------------------------------------------------------------------------


class CutOff(ContentFile):
    """Its reader is gone after the first part."""

    def chunks(self, chunk_size=None):
        yield b"half"
        raise KeyboardInterrupt


def test_upload_that_is_cut_off_has_no_name(tmp_path):
    storage = UploadStorage(location=tmp_path)
    with pytest.raises(KeyboardInterrupt):
        storage.save("praktijken/foto.jpg", CutOff(b"half and half"))

    (left,) = (tmp_path / "praktijken").iterdir()
    assert (left.suffix, left.read_bytes()) == (UNFINISHED, b"half")
    # The same name can be saved again, and is whole then.
    assert storage.save("praktijken/foto.jpg", ContentFile(b"whole")) == "praktijken/foto.jpg"
    assert (tmp_path / "praktijken" / "foto.jpg").read_bytes() == b"whole"


def test_upload_never_takes_the_place_of_another(tmp_path):
    storage = UploadStorage(location=tmp_path)

    names = {storage.save("foto.jpg", ContentFile(text)) for text in (b"one", b"two")}

    assert len(names) == 2
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"one", b"two"]
