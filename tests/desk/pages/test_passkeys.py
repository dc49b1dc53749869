"""A passkey in a real browser: made on the page of one's account, asked for at the next sign-in, and removed."""

from typing import Any

import pytest
from desk_open import PASSWORD, Desk

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.long
def test_a_passkey_is_made_and_used(browser: Any, own_desk: Desk) -> None:
    """With one passkey a password alone opens nothing; the passkey does; removed, the password is enough again."""
    address = own_desk.address.replace("127.0.0.1", "localhost")
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def sign_in() -> None:
        page.goto(f"{address}/sign-in")
        page.fill("input[name=name]", "basil")
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_load_state()

    sign_in()
    page.goto(f"{address}/account")
    page.click("[data-passkey=make]")
    page.wait_for_url("**/account?done=1")
    assert page.locator("button[name=remove]").count() == 1

    context.clear_cookies()
    sign_in()
    page.goto(f"{address}/queue")
    assert page.url.endswith("/second-factor"), "the password alone opens nothing any more"
    page.click("[data-passkey=show]")
    page.wait_for_url("**/queue")

    page.goto(f"{address}/account")
    page.click("button[name=remove]")
    page.wait_for_url("**/account?done=1")
    assert page.locator("button[name=remove]").count() == 0
    assert faults == []
    context.close()
