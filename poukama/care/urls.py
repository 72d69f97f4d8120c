"""The addresses of support."""

from django.urls import path

from poukama.care import views

app_name = "care"
urlpatterns = [
    path("t/<uuid:record>/tuki", views.support, name="support"),
    path("t/<uuid:record>/tuki/<uuid:note>", views.draft, name="draft"),
    path("t/<uuid:record>/tuki/<uuid:note>/tallenna", views.save, name="save"),
    path("t/<uuid:record>/tuki/<uuid:note>/lisays", views.add, name="add"),
]
