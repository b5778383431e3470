"""Where the site may go on behalf of an editor, and where it may not."""

import pytest

from practices.links import addresses
from practices.links.addresses import RefusedError, is_public, look_up, target

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "8.8.8.8", "2a00:1450:400e:80f::2004", f"::ffff:{PUBLIC}", "2606:4700::1111"],
)
def test_address_on_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:224.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:0:5ef5:79fb:0:59d:a0ff:fefe",
        "2001:db8::1",
    ],
)
def test_address_behind_a_wall_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "127.0.0.1"])
def test_other_ways_to_write_an_address_are_resolved_before_they_are_judged(host):
    assert look_up(host, 80) == ["127.0.0.1"]
    with pytest.raises(RefusedError, match="afgesloten netwerk"):
        target(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "https://0/",
        "HTTP://0x7F.1",
    ],
)
def test_names_of_this_machine_are_refused(url):
    with pytest.raises(RefusedError, match="afgesloten netwerk"):
        target(url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "http://",
        "http://[::1/",
        "http://exa mple.org:x/",
        "",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(RefusedError, match="geen adres van een pagina"):
        target(url, lambda *_: [PUBLIC])


@pytest.mark.parametrize(
    "url", ["http://example.org:22/", "http://example.org:443/", "https://example.org:8443/"]
)
def test_ports_other_than_those_of_the_web_are_refused(url):
    with pytest.raises(RefusedError, match="eigen poort"):
        target(url, lambda *_: [PUBLIC])


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    def answer(*found):
        return lambda *_: list(found)

    assert target("https://example.org/", answer(PUBLIC)).addresses == (PUBLIC,)
    with pytest.raises(RefusedError):
        target("https://example.org/", answer(PUBLIC, "10.0.0.1"))
    with pytest.raises(RefusedError):
        target("https://example.org/", answer())


def test_target_keeps_the_name_and_writes_the_rest_for_a_request():
    found = target("HTTPS://naam:geheim@Bücher.Example/à b?x=ü#deel", lambda *_: [PUBLIC])

    assert found == addresses.Target(
        "https", "xn--bcher-kva.example", 443, "/%C3%A0%20b?x=%C3%BC", (PUBLIC,)
    )
