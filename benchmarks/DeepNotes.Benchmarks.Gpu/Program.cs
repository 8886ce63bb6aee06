using System.Text;
using DeepNotes.Benchmarks.Gpu;

Console.OutputEncoding = Encoding.UTF8;
return CommandLine.Run(args, Console.Out, Console.Error);
