using System.CommandLine;
using System.Net.Sockets;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Jupyter;

namespace DeepNotes.Cli.Commands;

/// <summary>The Jupyter kernel: making it known to front ends, and being it.</summary>
internal static class KernelCommand
{
    public static Command Create(CommandContext context) => new ExampleCommand(
        "kernel", "Run chapters live in VS Code and Jupyter: the kernel \"DeepNotes C#\".",
        "deepnotes kernel install",
        "deepnotes kernel list") { CreateInstall(context), CreateUninstall(context), CreateList(context), CreateRun(context) };

    private static ExampleCommand CreateInstall(CommandContext context)
    {
        var place = new KernelPlace();
        var command = new ExampleCommand(
            "install", "Make the kernel known to Jupyter and VS Code.",
            "deepnotes kernel install                  for the current user",
            "deepnotes kernel install --prefix .venv   in a virtual environment of Python");
        place.AddTo(command);
        command.SetAction(result =>
        {
            var folder = place.Folder(result, context);
            try
            {
                KernelSpec.Install(folder, Path.Combine(AppContext.BaseDirectory, "deepnotes.dll"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure($"{folder}: cannot be written ({error.Message}); --prefix FOLDER installs in another place.");
            }

            context.Output.WriteLine($"Installed: {folder}");
            context.Output.WriteLine("Open a chapter in VS Code or Jupyter and choose the kernel \"DeepNotes C#\".");
            return ExitCode.Good;
        });
        return command;
    }

    private static ExampleCommand CreateUninstall(CommandContext context)
    {
        var place = new KernelPlace();
        var command = new ExampleCommand("uninstall", "Take it back.", "deepnotes kernel uninstall", "deepnotes kernel uninstall --prefix .venv");
        place.AddTo(command);
        command.SetAction(result =>
        {
            var folder = place.Folder(result, context);
            if (!KernelSpec.Uninstall(folder))
            {
                throw new CommandFailure($"{folder}: no kernel is installed here; `deepnotes kernel list` shows where one is.");
            }

            context.Output.WriteLine($"Uninstalled: {folder}");
            return ExitCode.Good;
        });
        return command;
    }

    private static ExampleCommand CreateList(CommandContext context)
    {
        var command = new ExampleCommand("list", "Where the kernel is installed, and what it runs.", "deepnotes kernel list");
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

            return ExitCode.Good;
        });
        return command;
    }

    private static ExampleCommand CreateRun(CommandContext context)
    {
        var file = new Option<string>("--connection-file") { HelpName = "FILE", Required = true, Description = "Ports and key, written by the front end." };
        var command = new ExampleCommand(
            "run", "Be the kernel of one notebook; front ends start this.", "deepnotes kernel run --connection-file kernel-1.json") { file };
        command.SetAction(async (result, cancellation) =>
        {
            var connection = Load(Path.GetFullPath(result.GetRequiredValue(file), context.CurrentDirectory));

            // Before anything that takes time: a parent that has ended by then can't be told from a stranger.
            var parentEnded = ParentProcess.WaitForEndAsync(cancellation);
            await using var kernel = Start(connection, context);
            await Task.WhenAny(kernel.RunAsync(cancellation), parentEnded).Unwrap();
            return ExitCode.Good;
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
