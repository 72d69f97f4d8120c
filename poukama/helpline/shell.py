"""What the staff side keeps in a browser so that the desk stands without a server: the shell, and none of its data.

Both pages hang on a language and a centre's pack alone, and are the same to whoever asks.
"""

import hashlib
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
