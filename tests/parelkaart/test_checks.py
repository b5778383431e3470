import pytest

from parelkaart import checks


def ids(messages):
    return [message.id for message in messages]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://tiles.example.org/{z}/{x}/{y}.png",
        "https://{s}.tiles.example.org/{z}/{x}/{y}{r}.png",
    ],
)
def test_tiles_address_that_works_is_accepted(settings, url):
    settings.MAP_TILES_URL = url

    assert checks.check_map_tiles() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "//tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org/",
        "uit",
    ],
)
def test_tiles_address_that_cannot_work_is_refused(settings, url):
    settings.MAP_TILES_URL = url

    assert ids(checks.check_map_tiles()) == ["parelkaart.E001"]


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        ((5.55, 50.74, 6.25, 51.79), []),
        ((6.25, 50.74, 5.55, 51.79), ["parelkaart.E002"]),
        ((5.55, 51.79, 6.25, 50.74), ["parelkaart.E002"]),
        ((5.55, 50.74, 5.55, 51.79), ["parelkaart.E002"]),
    ],
)
def test_map_extent_must_enclose_something(settings, extent, expected):
    settings.MAP_EXTENT = extent

    assert ids(checks.check_map_extent()) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [("", []), ("parels@example.org", []), ("parels at example", ["parelkaart.E003"])],
)
def test_contact_must_be_an_email_address(settings, address, expected):
    settings.SITE_CONTACT_EMAIL = address

    assert ids(checks.check_contact_email()) == expected


@pytest.mark.parametrize(
    ("debug", "hosts", "expected"),
    [
        (False, ["parels.example.org", ".example.org"], []),
        (False, ["parels.example.org", "*"], ["parelkaart.E004"]),
        (True, ["*"], []),
    ],
)
def test_every_host_is_refused_outside_development(settings, debug, hosts, expected):
    settings.DEBUG = debug
    settings.ALLOWED_HOSTS = hosts

    assert ids(checks.check_hosts()) == expected


def test_security_log_must_be_writable(settings, tmp_path):
    found = []
    for path in ("", str(tmp_path / "security.log"), str(tmp_path / "none" / "security.log")):
        settings.SECURITY_LOG = path
        found.append(ids(checks.check_security_log()))

    assert found == [[], [], ["parelkaart.E040"]]


def test_var_dir_must_be_a_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    there = ids(checks.check_var_dir())
    settings.VAR_DIR = tmp_path / "missing"
    missing = ids(checks.check_var_dir())

    assert (there, missing) == ([], ["parelkaart.E005"])


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://www.venlo.nl", []),
        ("https://*.venlo.nl:8443", []),
        ("http://www.venlo.nl", ["parelkaart.E006"]),
        ("https://www.venlo.nl/kaart", ["parelkaart.E006"]),
        ("https://www.venlo.nl; script-src *", ["parelkaart.E006"]),
        ("*", ["parelkaart.E006"]),
    ],
)
def test_site_that_may_embed_is_scheme_and_host(settings, origin, expected):
    settings.EMBED_ALLOWED_ORIGINS = [origin]

    assert ids(checks.check_embed_origins()) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", []),
        ("https://parels.example.org", []),
        ("http://localhost:8000", []),
        ("parels.example.org", ["parelkaart.E007"]),
        ("https://parels.example.org/site", ["parelkaart.E007"]),
        ("https://parels.example.org\nx", ["parelkaart.E007"]),
    ],
)
def test_address_of_the_site_is_scheme_and_host(settings, url, expected):
    settings.SITE_URL = url

    assert ids(checks.check_site_url()) == expected


@pytest.mark.parametrize(("days", "expected"), [(1, []), (0, ["parelkaart.E008"])])
def test_links_in_a_reminder_work_for_a_day_at_least(settings, days, expected):
    settings.REMINDER_LINK_DAYS = days

    assert ids(checks.check_reminder_link_days()) == expected


@pytest.mark.parametrize(
    ("url", "engine", "expected"),
    [
        ("", "sqlite", []),
        ("postgresql://lezer@replica/parelkaart", "postgresql", []),
        ("postgresql://lezer@replica/parelkaart", "sqlite", ["parelkaart.E009"]),
    ],
)
def test_only_postgresql_has_a_replica(settings, url, engine, expected):
    settings.DATABASE_REPLICA_URL, settings.DB_ENGINE = url, engine

    assert ids(checks.check_replica()) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", []),
        ("redis://localhost:6379/0", []),
        ("rediss://:geheim@cache/0", []),
        ("unix:///run/redis.sock?db=1", []),
        ("localhost:6379", ["parelkaart.E010"]),
        ("memcached://:geheim@cache", ["parelkaart.E010"]),
    ],
)
def test_cache_is_a_redis_server_or_the_database(settings, address, expected):
    settings.CACHE_DEFAULT = address

    found = checks.check_cache()

    assert ids(found) == expected
    assert "geheim" not in str(found)


def test_folder_of_the_static_copy_has_one(settings, tmp_path):
    settings.MIRROR_DIR = str(tmp_path)
    before = ids(checks.check_mirror())
    (tmp_path / "index.html").touch()

    assert (before, checks.check_mirror()) == (["parelkaart.W002"], [])


def test_site_without_a_static_copy_is_not_warned(settings):
    settings.MIRROR_DIR = ""

    assert checks.check_mirror() == []
