"""What tests of pages do again and again."""


def page(client, path, status=200):
    """The text of a page, which must answer with the status."""
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()
