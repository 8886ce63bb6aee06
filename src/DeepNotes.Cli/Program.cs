using System.Text;
using DeepNotes.Cli;

Console.OutputEncoding = Encoding.UTF8;
try
{
    return await CommandLine.RunAsync(args, CommandContext.FromProcess());
}
catch (CommandFailure failure)
{
    Console.Error.WriteLine(failure.Message);
    return failure.ExitCode;
}
