"""Which language a text is in."""

import pytest

from claims.intake.language import detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Twelve people were rescued on Monday after a ferry capsized, the coast guard said.", "en"),
        ("Zwölf Menschen wurden am Montag gerettet, wie die Küstenwache mitteilte.", "de"),
        ("El presidente negó las acusaciones el martes ante la prensa.", "es"),
        ("قال المتحدث إن اثني عشر راكبا أنقذوا من الماء خلال نصف ساعة.", "ar"),
        ("پاکستان نے الزامات کی تردید کی ہے", "ur"),
        ("पाकिस्तान ने आरोपों से इनकार किया और जांच की पेशकश की", "hi"),
    ],
)
def test_a_sentence_shows_its_language(text, code):
    assert detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "12 34", "Ceasefire now", "🙂🙂", "IMF GDP 3.4% 2025 NATO USA EU", "\ud800"]
)
def test_what_is_too_little_or_too_mixed_is_undetermined(text):
    assert detect(text) == "und"
