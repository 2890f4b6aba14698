"""What the log tells on paper and on a screen that stands still: the review, and the sheet for a clinician."""

from voice_coach.page.diary import WEEKS, Diary, read
from voice_coach.page.files import write_page
from voice_coach.page.review import review_page
from voice_coach.page.sheet import Sheet, sheet
from voice_coach.page.sheet_html import sheet_page
from voice_coach.page.sheet_pdf import sheet_pdf

__all__ = ["WEEKS", "Diary", "Sheet", "read", "review_page", "sheet", "sheet_page", "sheet_pdf", "write_page"]
