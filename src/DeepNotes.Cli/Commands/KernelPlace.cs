using System.CommandLine;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Cli.Commands;

/// <summary>The options that say where the kernel is installed.</summary>
internal sealed class KernelPlace
{
    private readonly Option<bool> _user = new("--user") { Description = "For the current user (what happens without options, too)." };

    private readonly Option<string?> _prefix = new("--prefix") { HelpName = "DIR", Description = "In DIR/share/jupyter, for the Jupyter of an environment." };

    public void AddTo(Command command)
    {
        command.Options.Add(_user);
        command.Options.Add(_prefix);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_user) && result.GetValue(_prefix) is not null)
            {
                result.AddError("--user and --prefix exclude each other.");
            }
        });
    }

    public string Folder(ParseResult result, CommandContext context) => result.GetValue(_prefix) is { } prefix
        ? KernelFolders.InPrefix(Path.GetFullPath(prefix, context.CurrentDirectory))
        : KernelFolders.OfUser();
}
