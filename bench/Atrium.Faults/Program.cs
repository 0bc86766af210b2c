using System.Text.Json;
using Atrium.Faults;

// dotnet run -c Release --project bench/Atrium.Faults -- [--rounds 100] [--restarts 20] [--calls 12000] [--seed 1] [--json FILE]; 0 leaves a part out.
var values = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
var rounds = int.Parse(values.GetValueOrDefault("--rounds", "100"));
var restarts = int.Parse(values.GetValueOrDefault("--restarts", "20"));
// More than the requests that a simulator remembers, so that its memory is full before the first count.
var calls = int.Parse(values.GetValueOrDefault("--calls", "12000"));
var seed = int.Parse(values.GetValueOrDefault("--seed", "1"));
KillResult? kill = null;
if (rounds > 0)
{
    using var kills = new KillRounds(rounds, seed, Console.Error.WriteLine);
    kill = await kills.RunAsync();
    Console.WriteLine($"""
        kill -9 under mixed writes, SQLite
        rounds                 {kill.Rounds}
        acknowledged writes    {kill.AcknowledgedWrites}
        conversations          {kill.Conversations}
        messages               {kill.Messages}
        interrupted answers    {kill.InterruptedAnswers}
        median start, s        {kill.MedianStartSeconds}
        lost                   {kill.Losses.Count}
        damaged files          {kill.Damages.Count}
        """);
}
var restart = restarts > 0 ? await new RestartRounds(restarts, Console.Error.WriteLine).RunAsync() : null;
if (restart is not null)
{
    Console.WriteLine($"""
        immediate restart of PostgreSQL under writes
        rounds                 {restart.Rounds}
        acknowledged writes    {restart.AcknowledgedWrites}
        told to come back      {restart.Refused}
        slowest return, s      {restart.SlowestReturnSeconds}
        lost, doubled, wrong   {restart.Faults.Count}
        """);
}
else if (restarts > 0)
{
    Console.WriteLine("PostgreSQL is not installed: its rounds were left out.");
}
var leak = calls > 0 ? await new LeakRounds(calls, Console.Error.WriteLine).RunAsync() : null;
if (leak is not null)
{
    Console.WriteLine($"""
        failing calls to providers
        calls                  {leak.Calls}
        open connections       {leak.OpenConnections}, {leak.ForgottenConnections} once the client is gone
        timers                 {leak.TimersBefore} before, {leak.TimersAfter} after
        bytes kept by a call   {leak.BytesKeptByCall}
        """);
}
List<string> faults = [.. kill?.Losses ?? [], .. kill?.Damages ?? [], .. restart?.Faults ?? [], .. leak?.Faults ?? []];
foreach (var fault in faults.Take(100))
    Console.WriteLine("  " + fault);
var json = JsonSerializer.Serialize(new { kill, restart, leak }, JsonSerializerOptions.Web);
if (values.TryGetValue("--json", out var file))
    await File.WriteAllTextAsync(file, json);
else
    Console.WriteLine(json);
return faults.Count == 0 ? 0 : 1;
