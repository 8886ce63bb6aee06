using System.Text;
using DeepNotes.Cli;

Console.OutputEncoding = Encoding.UTF8;
return await CommandLine.RunAsync(args, CommandContext.OfProcess());
