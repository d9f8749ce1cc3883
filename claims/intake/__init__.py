"""From a file or a page to the words of an article. Pure converters: nothing here knows the database."""
