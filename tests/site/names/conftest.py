"""What the tests of the public pages share."""

import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def read(client):
    def get(path: str) -> BeautifulSoup:
        response = client.get(path)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get
