"""How Sphinx builds the site; `course site` copies this folder beside the pages that it makes."""

project = html_title = "The dropout course"
language = "en"
smartquotes = False  # prose and code stay as they were written

extensions = ["myst_nb"]
exclude_patterns = ["notebooks"]  # for downloads
myst_heading_anchors = 3

nb_execution_mode = "off"
nb_output_stderr = "remove"  # what the machine that built the site warned of

html_theme = "sphinx_book_theme"
html_theme_options = {
    "use_download_button": False,  # it would offer the executed notebook
    "show_toc_level": 2,
    "navbar_persistent": [],  # the search in the sidebar is enough
    "footer_content_items": [],
}
html_context = {"default_mode": "auto"}
html_use_index = False
html_static_path = ["static"]
html_css_files = ["course.css"]
html_copy_source = False
html_show_copyright = False
# The summaries are fetched, which browsers refuse where pages come from the file system.
html_show_search_summary = False
