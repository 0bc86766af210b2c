using Atrium.Assistant.Answers;
using Atrium.Assistant.Attachments;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Messages;
using Atrium.Assistant.Personas;
using Atrium.Contracts.Gateway;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant;

/// <summary>Talks with models: conversations as trees of messages, and answers that belong to the server.</summary>
public sealed class AssistantModule : IModule
{
    public static string Name => "assistant";

    public static void AddServices(IServiceCollection services)
    {
        services.AddValidation();
        services.AddSingleton<RunningAnswers>().AddSingleton<AnswerStore>().AddSingleton<AnswerRunner>().AddSingleton<AnswerStarter>();
        services.AddScoped<AnswerMaker>().AddScoped<PromptBuilder>().AddScoped<TitleMaker>();
        services.AddSingleton<PlainAnswers>().AddSingleton<AttachmentFiles>();
        services.AddSingleton<IPassageSource, OwnMessages>();
        services.AddSingleton<IStartTask, MarkInterruptedAnswers>();
        services.AddSingleton<PurgeDeletedConversations>();
        services.AddHostedService<StreamRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<PurgeDeletedConversations>());
    }

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        CreateConversation.Map(routes);
        ListConversations.Map(routes);
        GetConversation.Map(routes);
        ChangeConversation.Map(routes);
        DeleteConversation.Map(routes);
        RestoreConversation.Map(routes);
        ListMessages.Map(routes);
        PostMessage.Map(routes);
        RegenerateAnswer.Map(routes);
        ContinueAnswer.Map(routes);
        SearchMessages.Map(routes);
        StreamAnswer.Map(routes);
        StopGeneration.Map(routes);
        UploadAttachment.Map(routes);
        DownloadAttachment.Map(routes);
        ListPersonas.Map(routes);
        Chat.Map(routes);
        AnswerOldClient.Map(routes);
    }
}
