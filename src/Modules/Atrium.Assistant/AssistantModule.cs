using Atrium.Assistant.Answers;
using Atrium.Assistant.Attachments;
using Atrium.Assistant.Browser;
using Atrium.Assistant.Context;
using Atrium.Assistant.Conversations;
using Atrium.Assistant.Drafts;
using Atrium.Assistant.Exports;
using Atrium.Assistant.Imports;
using Atrium.Assistant.Instances;
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
        services.AddScoped<AnswerMaker>().AddScoped<PromptBuilder>().AddScoped<BrowserCalls>().AddScoped<Compactor>().AddScoped<TitleMaker>();
        services.AddSingleton<PlainAnswers>().AddSingleton<AttachmentFiles>();
        services.AddSingleton<IPassageSource, OwnMessages>();
        services.AddSingleton<IThingTitles, ConversationTitles>();
        services.AddSingleton<BranchReader>().AddSingleton<ConversationReader>().AddSingleton<ImportFolder>().AddSingleton<ImportRunner>();
        services.AddSingleton<InstanceLeases>().AddSingleton<MarkInterruptedWork>();
        services.AddSingleton<IInterruption, MarkInterruptedAnswers>().AddSingleton<IInterruption, MarkInterruptedImports>();
        services.AddSingleton<IStartTask>(provider => provider.GetRequiredService<MarkInterruptedWork>());
        services.AddSingleton<PurgeDeletedConversations>();
        // First, so that it ends last: what the others store while they end is still this server's.
        services.AddHostedService(provider => provider.GetRequiredService<MarkInterruptedWork>());
        services.AddHostedService<StreamRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<ImportRunner>());
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
        ShowTree.Map(routes);
        ShowContext.Map(routes);
        ShowDraft.Map(routes);
        SaveDraft.Map(routes);
        PostMessage.Map(routes);
        RegenerateAnswer.Map(routes);
        ContinueAnswer.Map(routes);
        SearchMessages.Map(routes);
        StreamAnswer.Map(routes);
        StopGeneration.Map(routes);
        PostChunks.Map(routes);
        FinishGeneration.Map(routes);
        ExportConversation.Map(routes);
        ExportConversations.Map(routes);
        ImportConversations.Map(routes);
        GetImport.Map(routes);
        ListImports.Map(routes);
        UploadAttachment.Map(routes);
        DownloadAttachment.Map(routes);
        ListPersonas.Map(routes);
        Chat.Map(routes);
        AnswerOldClient.Map(routes);
    }
}
