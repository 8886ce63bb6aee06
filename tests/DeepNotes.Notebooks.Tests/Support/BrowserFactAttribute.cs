using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Browsers;

namespace DeepNotes.Notebooks.Tests.Support;

/// <summary>A test that needs a browser; otherwise it is skipped with a message that names what to install.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Find() is null ? Browser.NotFound : null;
}

/// <summary>A test that needs a browser and the front-end packages, which are installed once with Node.</summary>
public sealed class BookInBrowserFactAttribute : FactAttribute
{
    public BookInBrowserFactAttribute() =>
        Skip = Browser.Find() is null ? Browser.NotFound : FrontEndPackages.Install(Repository.Npm).Note;
}
