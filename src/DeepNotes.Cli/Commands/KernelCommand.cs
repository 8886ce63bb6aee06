using System.CommandLine;
using System.Net.Sockets;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Cli.Commands;

/// <summary>Installs and runs the Jupyter kernel.</summary>
internal static class KernelCommand
{
    public static Command Create(CommandContext context) => new ExampleCommand(
        "kernel", "Install the kernel \"DeepNotes C#\", which runs chapters in VS Code and Jupyter.",
        "deepnotes kernel install",
        "deepnotes kernel list") { CreateInstall(context), CreateUninstall(context), CreateList(context), CreateRun(context) };

    private static ExampleCommand CreateInstall(CommandContext context)
    {
        var location = new KernelLocation();
        var command = new ExampleCommand(
            "install", "Install the kernel for Jupyter and VS Code.",
            "deepnotes kernel install                  for the current user",
            "deepnotes kernel install --prefix .venv   in a Python virtual environment");
        location.AddTo(command);
        command.SetAction(result =>
        {
            var folder = location.Folder(result, context);
            try
            {
                KernelSpec.Install(folder, Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure($"{folder}: cannot be written ({error.Message}); --prefix DIR installs in another folder.");
            }

            context.Output.WriteLine($"Installed: {folder}");
            context.Output.WriteLine("Open a chapter in VS Code or Jupyter and choose the kernel \"DeepNotes C#\".");
            return ExitCode.Success;
        });
        return command;
    }

    private static ExampleCommand CreateUninstall(CommandContext context)
    {
        var location = new KernelLocation();
        var command = new ExampleCommand("uninstall", "Uninstall the kernel.", "deepnotes kernel uninstall", "deepnotes kernel uninstall --prefix .venv");
        location.AddTo(command);
        command.SetAction(result =>
        {
            var folder = location.Folder(result, context);
            if (!KernelSpec.Uninstall(folder))
            {
                throw new CommandFailure($"{folder}: no kernel is installed here; `deepnotes kernel list` shows where it is.");
            }

            context.Output.WriteLine($"Uninstalled: {folder}");
            return ExitCode.Success;
        });
        return command;
    }

    private static ExampleCommand CreateList(CommandContext context)
    {
        var command = new ExampleCommand("list", "List the folders where the kernel is installed, and the program that each runs.", "deepnotes kernel list");
        command.SetAction(_ =>
        {
            var folders = KernelFolders.All().Where(KernelSpec.IsInstalled).ToArray();
            foreach (var folder in folders)
            {
                var program = KernelSpec.Program(folder);
                var state = File.Exists(program) ? program : $"{program ?? "nothing"} (missing: run deepnotes kernel install again)";
                context.Output.WriteLine($"{folder}: runs {state}");
            }

            if (folders.Length == 0)
            {
                context.Output.WriteLine("Not installed: run deepnotes kernel install.");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static ExampleCommand CreateRun(CommandContext context)
    {
        var file = new Option<string>("--connection-file") { HelpName = "FILE", Required = true, Description = "File with the ports and the key, written by the front end." };
        var command = new ExampleCommand(
            "run", "Run the kernel of one notebook. Front ends start this command.", "deepnotes kernel run --connection-file kernel-1.json") { file };
        command.SetAction(async (result, cancellation) =>
        {
            var connection = Load(Path.GetFullPath(result.GetRequiredValue(file), context.CurrentDirectory));

            // First, because the parent's identity can no longer be verified once it has exited.
            var parentEnded = ParentProcess.WaitForEndAsync(cancellation);
            await using var kernel = Start(connection, context);
            await Task.WhenAny(kernel.RunAsync(cancellation), parentEnded).Unwrap();
            return ExitCode.Success;
        });
        return command;
    }

    private static Kernel Start(ConnectionFile connection, CommandContext context)
    {
        try
        {
            return Kernel.Start(connection, new SessionOptions(context.CurrentDirectory), context.Error.WriteLine);
        }
        catch (SocketException error)
        {
            throw new CommandFailure($"cannot listen on the ports of the connection file: {error.Message}; start the kernel again with other ports.");
        }
    }

    private static ConnectionFile Load(string path)
    {
        try
        {
            return ConnectionFile.Load(path);
        }
        catch (FormatException error)
        {
            throw CommandFailure.Usage(error.Message);
        }
    }
}

/// <summary>The options that select the folder of the kernel.</summary>
internal sealed class KernelLocation
{
    private readonly Option<bool> _user = new("--user") { Description = "For the current user (the default)." };

    private readonly Option<string?> _prefix = new("--prefix") { HelpName = "DIR", Description = "In DIR/share/jupyter, for the Jupyter of a virtual environment." };

    public void AddTo(Command command)
    {
        command.Options.Add(_user);
        command.Options.Add(_prefix);
        command.Exclude(_user, _prefix);
    }

    public string Folder(ParseResult result, CommandContext context) => result.GetValue(_prefix) is { } prefix
        ? KernelFolders.InPrefix(Path.GetFullPath(prefix, context.CurrentDirectory))
        : KernelFolders.OfUser();
}
