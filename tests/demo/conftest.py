"""Loads the demonstration set once for all the tests beside this file.

They go to one worker, as tests/conftest.py sees to: loading takes a while. A test of an empty
portal has no place here.
"""

import pytest
from django.db import transaction

from governance.operators import operator
from portal.management.commands.load_demo import FIXTURES, load


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The whole demonstration set, taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(FIXTURES, by=operator())
        yield
        transaction.set_rollback(True)
