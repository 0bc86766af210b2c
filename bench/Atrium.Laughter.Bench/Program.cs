using Atrium.Laughter.Bench;
using Atrium.Laughter.Training;
using Atrium.Laughter.World;

return args switch
{
    ["speed"] => await SpeedBench.RunAsync(),
    ["day", var hours, .. var rest] => await DayBench.RunAsync(int.Parse(hours, null), rest.ElementAtOrDefault(0), rest.ElementAtOrDefault(1)),
    ["recording", var folder, var hours] => await DayRecording.WriteAsync(folder, int.Parse(hours, null)),
    ["lite", var sessions] => await EvaluateLite.RunAsync(int.Parse(sessions, null)),
    ["train", var file, var sessions] => await TrainLite.RunAsync(file, int.Parse(sessions, null)),
    ["fuzz", var count] => FuzzBench.Run(int.Parse(count, null)),
    ["sounds", var folder] => SoundGallery.Write(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage:
          speed                  front end, lite detector and network, beside onnxruntime-node where it is installed
          day HOURS [FOLDER [lite|network]]
                                 a recording of so many hours, from Ogg Opus to events
          recording FOLDER HOURS only makes that recording, with its labels
          lite SESSIONS          the lite detector on the test split, so many sessions of 10 minutes at five noise levels
          train FILE SESSIONS    trains the lite detector on the training split
          fuzz COUNT             damaged models and WAV files
          sounds FOLDER          one example of every synthetic sound
        """);
    return 2;
}
