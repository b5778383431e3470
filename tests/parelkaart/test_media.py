import pytest

from tests.factories import PhotoFactory

KEPT = "public, max-age=31536000, immutable"


@pytest.fixture
def photo(db):
    return PhotoFactory()


def test_uploaded_photo_is_served_as_a_picture(client, photo):
    response = client.get(photo.image.url)

    assert response.status_code == 200
    with photo.image.open() as stored:
        assert b"".join(response.streaming_content) == stored.read()
    assert (
        response.headers["Content-Type"],
        response.headers["Cache-Control"],
        response.headers["X-Content-Type-Options"],
    ) == ("image/jpeg", KEPT, "nosniff")


@pytest.mark.parametrize("name", ["page.html", "script.js", "picture.svg", "picture.jpg.html"])
def test_file_that_a_browser_could_run_is_not_served(client, db, media, name):
    media.mkdir(parents=True)
    (media / name).write_text("<script>alert(1)</script>")

    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("../secret.jpg", 400),
        ("%2e%2e/secret.jpg", 400),
        ("x/../../secret.jpg", 400),
        ("/etc/secret.jpg", 404),
    ],
)
def test_file_outside_the_folder_is_not_served(client, db, media, path, status):
    media.mkdir(parents=True)
    (media.parent / "secret.jpg").write_text("secret")
    (media / "open.jpg").write_text("open")

    inside, outside = client.get("/media/open.jpg"), client.get(f"/media/{path}")
    inside.close()

    assert (inside.status_code, outside.status_code) == (200, status)


def test_folder_is_not_listed(client, photo):
    assert client.get("/media/praktijken/").status_code == 404
