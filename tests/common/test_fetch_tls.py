"""Fetching over TLS, from a real server with a certificate of its own."""

import datetime as dt
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from common.addresses import AddressRefused, AddressRule
from common.fetch import FetchError, fetch
from tests.common.servers import running
from tests.common.test_fetch import only


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A server's and a caller's TLS for https://news.test/, by a certificate that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "news.test")])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    path = tmp_path_factory.mktemp("tls") / "news.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=path)


def test_the_certificate_is_checked_against_the_name_while_the_socket_goes_to_the_address(certificate):
    server, trusting = certificate
    with running(server) as site:
        site.put("/a", "secure")
        rule = only(site, news=["127.0.0.1"], wrong=["127.0.0.1"])

        assert fetch(site.url("/a", host="news.test"), rule=rule, tls=trusting).body == b"secure"
        with pytest.raises(FetchError, match="could not prove who it is") as error:
            fetch(site.url("/a", host="wrong.test"), rule=rule, tls=trusting)
        with pytest.raises(FetchError, match="could not prove who it is"):
            fetch(site.url("/a", host="news.test"), rule=rule)

    assert not error.value.retry


def test_a_redirect_from_a_secure_address_to_an_open_one_is_refused(certificate, site):
    server, trusting = certificate
    site.put("/a", "changed on the way")
    with running(server) as secure:
        rule = AddressRule.allowing([site.place, secure.place], resolver=lambda host, port: ["127.0.0.1"])

        with pytest.raises(AddressRefused, match="from a secure address to an open one"):
            fetch(
                secure.send_on("/a", site.url("/a")).replace("127.0.0.1", "news.test"),
                rule=rule,
                tls=trusting,
            )

    assert site.asked == []


def test_a_server_that_does_not_speak_http_is_refused(site):
    def other(handler):
        handler.close_connection = True
        handler.wfile.write(b"220 mail.test ESMTP\r\n")

    site.pages["/a"] = other

    with pytest.raises(FetchError, match="broke off"):
        fetch(site.url("/a"), rule=only(site))
