"""docs/settings.md has the tables that the program itself prints."""

import pytest
from servers import ROOT, Martinet

pytestmark = pytest.mark.martinet_only


def test_the_settings_page_is_up_to_date(tmp_path) -> None:
    printed = Martinet(tmp_path).command("settings", "--markdown").stdout.strip()
    page = (ROOT / "docs" / "settings.md").read_text()
    assert printed in page, "replace the tables by what `martinet settings --markdown` prints"
